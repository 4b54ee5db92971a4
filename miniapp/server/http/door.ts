import type { MiddlewareHandler } from 'hono';
import { resolver, uniqueSymbol } from 'hono-openapi';
import type { z } from 'zod';
import type { Role } from '#core/roles.ts';
import { requireFreshLaunch } from '../auth/require-fresh-launch.ts';
import { requireRole, requireSession } from '../auth/require-session.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from './env.ts';
import { limitCaller, limitRoute } from './limit-calls.ts';

type Answer = {
  /** One sentence, for whoever reads the API's document. */
  summary: string;
  /** The body of a success; without it there is none. */
  answers?: z.ZodType;
  status?: 200 | 201 | 202;
};

export type DoorPlan = Answer & {
  /** Who may come in. */
  role: Role;
  /** Wants a launch of the last five minutes, and is refused to API tokens. */
  isFresh?: boolean;
  /** Gives somebody a way in, and so has a stricter limit. */
  isRegistration?: boolean;
};

/**
 * The one door of every signed-in route: who asks, how often, with which role; and what the API's document says of it.
 * What is told there as `x-role` and `x-fresh-launch` is what is enforced here.
 */
export const door = (deps: ServerDeps, plan: DoorPlan): MiddlewareHandler<ServerEnv> => {
  const guards: MiddlewareHandler<ServerEnv>[] = [
    requireSession(deps),
    limitCaller(deps),
    ...(plan.isRegistration ? [limitRoute(deps, 'registration')] : []),
    requireRole(plan.role),
    ...(plan.isFresh ? [requireFreshLaunch(deps)] : []),
  ];
  return documented(guards, plan, {
    security: [{ bearer: [] }],
    'x-role': plan.role,
    ...(plan.isFresh && { 'x-fresh-launch': true }),
  });
};

/** The same for what needs no sign-in. */
export const openDoor = (
  plan: Answer & { security?: Record<string, string[]>[] },
  ...guards: MiddlewareHandler<ServerEnv>[]
): MiddlewareHandler<ServerEnv> => documented(guards, plan, { security: plan.security ?? [] });

const documented = (
  guards: readonly MiddlewareHandler<ServerEnv>[],
  { summary, answers, status = 200 }: Answer,
  more: Record<string, unknown>,
): MiddlewareHandler<ServerEnv> => {
  const success = answers
    ? { description: 'Done', content: { 'application/json': { schema: resolver(answers) } } }
    : { description: 'Done' };
  const refused = { $ref: '#/components/responses/Problem' };
  const spec = {
    summary,
    responses: { [answers ? status : 204]: success, '4XX': refused, '5XX': refused },
    ...more,
  };
  const pass: MiddlewareHandler<ServerEnv> = (c, next) => {
    const from = (index: number): Promise<Response | undefined> => {
      const guard = guards[index];
      return (guard ? guard(c, async () => void (await from(index + 1))) : next()) as Promise<undefined>;
    };
    return from(0) as Promise<undefined>;
  };
  return Object.assign(pass, { [uniqueSymbol]: { spec } });
};
