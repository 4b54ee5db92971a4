import { Hono } from 'hono';
import { DAY_MS, later } from '#core/duration.ts';
import { cancelCampaign } from '#db/commands/cancel-campaign.ts';
import { pauseCampaign } from '#db/commands/pause-campaign.ts';
import { resumeCampaign } from '#db/commands/resume-campaign.ts';
import { getCampaign } from '#db/queries/get-campaign.ts';
import { getCampaignPace } from '#db/queries/get-campaign-pace.ts';
import { getForecast } from '#db/queries/get-forecast.ts';
import { listCampaigns } from '#db/queries/list-campaigns.ts';
import {
  type CampaignAnswer,
  type CampaignPage,
  campaignAnswerSchema,
  campaignPageSchema,
  campaignParams,
  campaignStatusAnswerSchema,
  resumeBody,
} from '#miniapp/contract/campaigns.ts';
import { type ForecastAnswer, forecastAnswerSchema } from '#miniapp/contract/forecast.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { judgePace } from '../campaign-pace.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { campaignDetail, campaignSummary, forecastView, serverTime } from '../views.ts';

export const campaignRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, { summary: 'Campaigns, newest first', role: 'viewer', answers: campaignPageSchema }),
      validate('query', pageQuery),
      async (c) => {
        const ctx = { db: deps.db, workspaceId: c.get('caller').workspaceId };
        const page = await listCampaigns(ctx, pageWish(c.req.valid('query')));
        const answer: CampaignPage = { ...serverTime(deps), ...pageView(page, campaignSummary) };
        return c.json(answer);
      },
    )
    .get(
      '/:campaignId',
      door(deps, { summary: 'A campaign as it stands, live', role: 'viewer', answers: campaignAnswerSchema }),
      validate('param', campaignParams),
      async (c) => {
        const { campaignId } = c.req.valid('param');
        const query = { db: deps.db, workspaceId: c.get('caller').workspaceId };
        const now = deps.clock.now();
        const campaign = await getCampaign(query, { campaignId });
        const { settled } = await getCampaignPace(query, { campaignId, since: later(now, -DAY_MS) });
        const { status, startedAt, counts } = campaign;
        const pace = judgePace({
          status,
          startedAt,
          open: counts.total - counts.settled,
          settledLastDay: settled,
          now,
        });
        const answer: CampaignAnswer = { ...serverTime(deps), campaign: campaignDetail(campaign, pace) };
        return c.json(answer);
      },
    )
    .get(
      '/:campaignId/forecast',
      door(deps, {
        summary: 'When it will be finished, or why never',
        role: 'viewer',
        answers: forecastAnswerSchema,
      }),
      validate('param', campaignParams),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'));
        const told = await getForecast(ctx, c.req.valid('param'));
        const answer: ForecastAnswer = {
          ...serverTime(deps),
          forecast: told ? forecastView(told, ctx.now) : null,
        };
        return c.json(answer);
      },
    )
    .post(
      '/:campaignId/pause',
      door(deps, { summary: 'Pause it', role: 'operator', answers: campaignStatusAnswerSchema }),
      validate('param', campaignParams),
      async (c) => {
        const { campaignId } = c.req.valid('param');
        await pauseCampaign(commandContext(deps, c.get('caller')), {
          campaignId,
          because: 'paused_by_operator',
        });
        return c.json({ status: 'paused' as const });
      },
    )
    .post(
      '/:campaignId/resume',
      door(deps, {
        summary: 'Go on; with a reason when a safety stop holds it',
        role: 'operator',
        answers: campaignStatusAnswerSchema,
      }),
      validate('param', campaignParams),
      validate('json', resumeBody),
      async (c) => {
        const { campaignId } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        await resumeCampaign(commandContext(deps, c.get('caller')), { campaignId, reason });
        return c.json({ status: 'running' as const });
      },
    )
    .post(
      '/:campaignId/cancel',
      door(deps, {
        summary: 'End it for good; whoever was still to come is left out',
        role: 'operator',
        answers: campaignStatusAnswerSchema,
      }),
      validate('param', campaignParams),
      async (c) => {
        await cancelCampaign(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.json({ status: 'cancelled' as const });
      },
    );
