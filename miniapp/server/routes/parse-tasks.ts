import { Hono } from 'hono';
import { cancelParseTask } from '#db/commands/cancel-parse-task.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { pauseParseTask } from '#db/commands/pause-parse-task.ts';
import { removeParseTask } from '#db/commands/remove-parse-task.ts';
import { restartParseTask } from '#db/commands/restart-parse-task.ts';
import { resumeParseTask } from '#db/commands/resume-parse-task.ts';
import { getParseEstimate } from '#db/queries/get-parse-estimate.ts';
import { getParseTask, listParseTaskPage, type ParseTaskItem } from '#db/queries/list-parse-tasks.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import {
  type ParseEstimateAnswer,
  type ParseTask,
  type ParseTaskAnswer,
  type ParseTaskPage,
  parseEstimateAnswerSchema,
  parseEstimateQuery,
  parseTaskAnswerSchema,
  parseTaskBody,
  parseTaskCreatedSchema,
  parseTaskPageSchema,
  parseTaskParams,
} from '#miniapp/contract/parse-tasks.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** Jobs that collect people from a community. */
export const parseTaskRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, { summary: 'Parse tasks, newest first', role: 'viewer', answers: parseTaskPageSchema }),
      validate('query', pageQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const page = await listParseTaskPage({ db: deps.db, workspaceId }, pageWish(c.req.valid('query')));
        const answer: ParseTaskPage = {
          ...serverTime(deps),
          ...pageView(page, taskView),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Collect people from a community',
        role: 'operator',
        isCreating: true,
        answers: parseTaskCreatedSchema,
        status: 201,
      }),
      validate('json', parseTaskBody),
      async (c) => {
        const { accountId, ...wish } = c.req.valid('json');
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        return c.json(await createParseTask(ctx, { ...wish, ...(accountId && { accountId }) }), 201);
      },
    )
    .get(
      '/estimate',
      door(deps, {
        summary: 'How much and how long collecting from a community would be, at each speed',
        role: 'viewer',
        answers: parseEstimateAnswerSchema,
      }),
      validate('query', parseEstimateQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const { communityId, source, searchesLetters } = c.req.valid('query');
        const wish = searchesLetters ? { searchesLetters: true as const } : {};
        const estimate = await getParseEstimate({ db: deps.db, workspaceId }, { communityId, source, wish });
        const answer: ParseEstimateAnswer = { estimate };
        return c.json(answer);
      },
    )
    .get(
      '/:taskId',
      door(deps, {
        summary: 'A parse task with its progress',
        role: 'viewer',
        answers: parseTaskAnswerSchema,
      }),
      validate('param', parseTaskParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const row = await getParseTask({ db: deps.db, workspaceId }, c.req.valid('param'));
        const answer: ParseTaskAnswer = { ...serverTime(deps), task: taskView(row) };
        return c.json(answer);
      },
    )
    .post(
      '/:taskId/pause',
      door(deps, { summary: 'Read no further page; the place that was reached is kept', role: 'operator' }),
      validate('param', parseTaskParams),
      async (c) => {
        await pauseParseTask(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .post(
      '/:taskId/resume',
      door(deps, { summary: 'Go on where it was paused', role: 'operator' }),
      validate('param', parseTaskParams),
      async (c) => {
        await resumeParseTask(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .post(
      '/:taskId/cancel',
      door(deps, { summary: 'End it; whom it has found stays found', role: 'operator' }),
      validate('param', parseTaskParams),
      async (c) => {
        await cancelParseTask(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .post(
      '/:taskId/restart',
      door(deps, { summary: 'Begin anew a task that is over; nobody is collected twice', role: 'operator' }),
      validate('param', parseTaskParams),
      async (c) => {
        await restartParseTask(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .delete(
      '/:taskId',
      door(deps, { summary: 'Delete it, and the people whom nothing else names', role: 'operator' }),
      validate('param', parseTaskParams),
      async (c) => {
        await removeParseTask(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    );

const taskView = ({ communityTitle, communityReference, waits, ...row }: ParseTaskItem): ParseTask => ({
  ...row,
  waits: waits && { because: waits.because, until: waits.until?.toISOString() ?? null },
  community: communityTitle ?? communityReference,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
