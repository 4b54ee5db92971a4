import { Hono } from 'hono';
import { createCampaign } from '#db/commands/create-campaign.ts';
import { startCampaign } from '#db/commands/start-campaign.ts';
import { getCampaignReport } from '#db/queries/get-campaign-report.ts';
import { listTargets, type TargetItem } from '#db/queries/list-targets.ts';
import {
  campaignBody,
  campaignCreatedSchema,
  type ReportAnswer,
  reportAnswerSchema,
  startBody,
  startedSchema,
  type TargetPage,
  targetPageSchema,
  targetsQuery,
} from '#miniapp/contract/campaign-work.ts';
import { campaignParams } from '#miniapp/contract/campaigns.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { readPosition, writePosition } from '../http/cursor.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** A campaign before, behind and beneath its live view: draft, start, targets, report. */
export const campaignWorkRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .post(
      '/',
      door(deps, {
        summary: 'Make a draft; its accounts read the community at once',
        role: 'operator',
        isCreating: true,
        answers: campaignCreatedSchema,
        status: 201,
      }),
      validate('json', campaignBody),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        return c.json(await createCampaign(ctx, c.req.valid('json')), 201);
      },
    )
    .post(
      '/:campaignId/start',
      door(deps, { summary: 'Start a draft', role: 'operator', answers: startedSchema }),
      validate('param', campaignParams),
      validate('json', startBody),
      async (c) => {
        const wish = { ...c.req.valid('param'), ...c.req.valid('json'), hashPerson: deps.hashPerson };
        return c.json(await startCampaign(commandContext(deps, c.get('caller')), wish));
      },
    )
    .get(
      '/:campaignId/targets',
      door(deps, { summary: 'Its people, in their order', role: 'viewer', answers: targetPageSchema }),
      validate('param', campaignParams),
      validate('query', targetsQuery),
      async (c) => {
        const { limit, cursor, status } = c.req.valid('query');
        const page = await listTargets(
          { db: deps.db, workspaceId: c.get('caller').workspaceId },
          { ...c.req.valid('param'), limit, status, after: readPosition(cursor) },
        );
        const answer: TargetPage = {
          ...serverTime(deps),
          items: page.items.map(targetView),
          total: page.total,
          next: writePosition(page.next),
        };
        return c.json(answer);
      },
    )
    .get(
      '/:campaignId/report',
      door(deps, { summary: 'What it came to', role: 'viewer', answers: reportAnswerSchema }),
      validate('param', campaignParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const report = await getCampaignReport({ db: deps.db, workspaceId }, c.req.valid('param'));
        const waiting = report.waiting.map((row) => ({ ...row, until: row.until.toISOString() }));
        const answer: ReportAnswer = { ...serverTime(deps), report: { ...report, waiting } };
        return c.json(answer);
      },
    );

const targetView = (row: TargetItem): TargetPage['items'][number] => ({
  targetId: row.targetId,
  person: { name: row.firstName, username: row.username, phone: row.phone },
  basis: row.basis,
  status: row.status,
  reason: row.reason,
  notBefore: row.notBefore?.toISOString() ?? null,
  settledAt: row.settledAt?.toISOString() ?? null,
});
