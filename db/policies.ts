import { defaultPolicy, type LimitPolicy } from '#core/pacing/policy.ts';
import type { CommandContext, Tx } from './context.ts';

/** The limit policy that binds the workspace's accounts at this moment. */
export const policyInForce = async (_tx: Tx, _ctx: CommandContext): Promise<LimitPolicy> => defaultPolicy;
