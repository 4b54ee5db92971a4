import type { MiddlewareHandler } from 'hono';
import { resolver, uniqueSymbol } from 'hono-openapi';
import type { z } from 'zod';
import type { Role } from '#core/roles.ts';
import { requireCaller } from '../auth/callers.ts';
import { requireFreshLaunch } from '../auth/require-fresh-launch.ts';
import { requireRole } from '../auth/require-role.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from './env.ts';
import { nameAnswer } from './etag.ts';
import { limitCaller, limitRoute } from './limit-calls.ts';
import { acceptKey } from './once.ts';

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
  /** Keeps API tokens out. */
  isForPeople?: boolean;
  /** Wants a launch of the last five minutes, and so is for people. */
  isFresh?: boolean;
  /** Makes something: an `Idempotency-Key` makes it once. */
  isCreating?: boolean;
  /** Gives somebody a way in, and so has a stricter limit. */
  isRegistration?: boolean;
};

/**
 * The one door of every signed-in route: who asks, how often, with which role; and what the API's document says of it.
 * What is told there in the fields with `x-` is what is enforced here.
 */
export const door = (deps: ServerDeps, plan: DoorPlan): MiddlewareHandler<ServerEnv> => {
  const { role, isFresh = false, isForPeople = isFresh, isRegistration, isCreating } = plan;
  const guards: MiddlewareHandler<ServerEnv>[] = [
    requireCaller(deps, isForPeople ? 'people' : 'anybody'),
    limitCaller(deps),
    ...(isRegistration ? [limitRoute(deps, 'registration')] : []),
    requireRole(role),
    ...(isFresh ? [requireFreshLaunch(deps)] : []),
    ...(isCreating ? [acceptKey()] : []),
    whenReading(nameAnswer()),
  ];
  return documented(guards, plan, {
    security: [{ bearer: [] }],
    'x-role': role,
    ...(isForPeople && { 'x-people-only': true }),
    ...(isFresh && { 'x-fresh-launch': true }),
    ...(isCreating && { parameters: [KEY_PARAMETER] }),
  });
};

const KEY_PARAMETER = {
  in: 'header',
  name: 'Idempotency-Key',
  description: 'The same call under the same key is done once within a day, and answered alike.',
  schema: { type: 'string', maxLength: 200 },
} as const;

const whenReading =
  (guard: MiddlewareHandler<ServerEnv>): MiddlewareHandler<ServerEnv> =>
  (c, next) =>
    c.req.method === 'GET' ? guard(c, next) : next();

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
