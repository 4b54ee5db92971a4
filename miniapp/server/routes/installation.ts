import { Hono } from 'hono';
import { defaultPolicy } from '#core/pacing/policy.ts';
import { diffPolicies } from '#core/pacing/policy-document.ts';
import { Refused } from '#core/refusals.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { listNodes } from '#db/nodes.ts';
import { listPolicies, policyInForce, policyOfVersion } from '#db/queries/list-policies.ts';
import {
  acknowledgementBody,
  type NodesAnswer,
  nodesAnswerSchema,
  type PoliciesAnswer,
  type PolicyInForce,
  policiesAnswerSchema,
  policyDiffQuery,
  policyDiffSchema,
  policyInForceSchema,
} from '#miniapp/contract/installation.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** What holds for the whole workspace, and the workers it lives on. */
export const installationRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/limit-policies',
      door(deps, { summary: 'Limit policies, newest first', role: 'viewer', answers: policiesAnswerSchema }),
      async (c) => {
        const rows = await listPolicies({ db: deps.db, workspaceId: c.get('caller').workspaceId });
        const answer: PoliciesAnswer = {
          ...serverTime(deps),
          items: rows.map((row) => ({
            version: row.version,
            policy: row.policy ?? null,
            reason: row.reason,
            publishedAt: row.publishedAt.toISOString(),
            rejectedAt: row.rejectedAt?.toISOString() ?? null,
          })),
          total: rows.length,
        };
        return c.json(answer);
      },
    )
    // Publishing stays at the terminal: the key that signs must not stand on the machine that answers the internet, or
    // whoever breaks in could write limits that every worker believes.
    .get(
      '/limit-policies/in-force',
      door(deps, { summary: 'The limits in force', role: 'viewer', answers: policyInForceSchema }),
      async (c) => {
        const rows = await listPolicies({ db: deps.db, workspaceId: c.get('caller').workspaceId });
        const answer: PolicyInForce = {
          ...serverTime(deps),
          ...policyInForce(rows),
          ceilings: defaultPolicy,
        };
        return c.json(answer);
      },
    )
    .get(
      '/limit-policies/diff',
      door(deps, { summary: 'What differs between two versions', role: 'viewer', answers: policyDiffSchema }),
      validate('query', policyDiffQuery),
      async (c) => {
        const { from, to } = c.req.valid('query');
        const rows = await listPolicies({ db: deps.db, workspaceId: c.get('caller').workspaceId });
        const [before, after] = [policyOfVersion(rows, from), policyOfVersion(rows, to)];
        if (!before || !after) throw new Refused('not_found');
        return c.json({ from, to, changes: diffPolicies(before, after) });
      },
    )
    .get(
      '/nodes',
      door(deps, { summary: 'The workers of this installation', role: 'admin', answers: nodesAnswerSchema }),
      async (c) => {
        const rows = await listNodes(deps.db);
        // What they hold belongs to other workspaces too, and is not told.
        const items = rows.map(({ name, status, version, capacity, seenAt }) => ({
          name,
          status,
          version,
          capacity,
          seenAt: seenAt?.toISOString() ?? null,
        }));
        const realNow = deps.realNow().toISOString();
        const answer: NodesAnswer = { ...serverTime(deps), realNow, items, total: items.length };
        return c.json(answer);
      },
    )
    .post(
      '/acknowledgement',
      door(deps, {
        summary: 'Let collected people be added, with typed words that are kept',
        role: 'owner',
        isFresh: true,
      }),
      validate('json', acknowledgementBody),
      async (c) => {
        await acknowledgeCollected(commandContext(deps, c.get('caller')), c.req.valid('json'));
        return c.body(null, 204);
      },
    );
