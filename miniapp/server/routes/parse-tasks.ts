import { Hono } from 'hono';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { getParseTask, listParseTaskPage, type ParseTaskItem } from '#db/queries/list-parse-tasks.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import {
  type ParseTask,
  type ParseTaskAnswer,
  type ParseTaskPage,
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
    );

const taskView = ({ communityTitle, communityReference, ...row }: ParseTaskItem): ParseTask => ({
  ...row,
  community: communityTitle ?? communityReference,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
});
