import { z } from 'zod';
import type { FaultAction } from '#sandbox/mtproto/server.ts';

const ms = z.number().int().nonnegative();
const dcId = z.number().int().positive();

const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rpcError'), code: z.number().int().optional(), text: z.string().min(1) }),
  z.object({ kind: z.literal('delay'), ms }),
  z.object({ kind: z.literal('dropBefore') }),
  z.object({ kind: z.literal('dropAfterEffect') }),
  z.object({ kind: z.literal('noReply') }),
  z.object({ kind: z.literal('duplicateReply') }),
  z.object({ kind: z.literal('forgottenKey') }),
  z.object({ kind: z.literal('badSalt') }),
  z.object({ kind: z.literal('stallPongs'), ms }),
  z.object({ kind: z.literal('migrate'), dcId }),
  z.object({ kind: z.literal('gzip') }),
  z.object({ kind: z.literal('truncate') }),
]);

const match = z.strictObject({
  /** A method's name, `channels.*` for a namespace, or `*`. */
  method: z.string().min(1).default('*'),
  /** The signed-in user's id. */
  account: z.string().optional(),
  dc: dcId.optional(),
  /** Matching calls that pass first. */
  afterN: z.number().int().nonnegative().default(0),
  /** How many calls it then strikes; without it, every one. */
  times: z.number().int().positive().optional(),
  /** The chance that it strikes a call it could strike. */
  probability: z.number().min(0).max(1).default(1),
  seed: z.union([z.string(), z.number()]).default(0),
});

/** A fault to inject. Control takes exactly this shape. */
export const faultRule = z.strictObject({ match: match.prefault({}), action });

export type FaultRule = z.infer<typeof faultRule>;
/** A rule as one writes it, its defaults left out. */
export type FaultRuleInput = z.input<typeof faultRule>;

/** The server's action of a rule; an rpcError without a code gets the usual one of its text. */
export function actionOf({ action }: FaultRule): FaultAction {
  if (action.kind !== 'rpcError') return action;
  return { ...action, code: action.code ?? usualCode(action.text) };
}

const usualCodes: [RegExp, number][] = [
  [/_MIGRATE_\d+$/, 303],
  [/^(FLOOD|SLOWMODE|FROZEN_METHOD)/, 420],
  [/^(AUTH_KEY_DUPLICATED|CHANNEL_PRIVATE|PHONE_PASSWORD_FLOOD)$/, 406],
  [/^(AUTH_KEY_|SESSION_|USER_DEACTIVATED)/, 401],
  [/^(CHAT_WRITE_FORBIDDEN|USER_PRIVACY_RESTRICTED|USER_NOT_MUTUAL_CONTACT|USER_CHANNELS_TOO_MUCH)$/, 403],
  [/^(RPC_|INTERNAL|TIMEOUT)/, 500],
];

function usualCode(text: string): number {
  return usualCodes.find(([pattern]) => pattern.test(text))?.[1] ?? 400;
}
