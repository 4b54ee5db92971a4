import { Readable } from 'node:stream';
import { Hono } from 'hono';
import { Refused } from '#core/refusals.ts';
import { requestExport } from '#db/commands/request-export.ts';
import { readChunks } from '#db/file-chunks.ts';
import { getExport } from '#db/queries/get-export.ts';
import {
  type ExportAnswer,
  exportAnswerSchema,
  exportBody,
  exportCreatedSchema,
  exportParams,
} from '#miniapp/contract/exports.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { validate } from '../http/validate.ts';
import { fileAnswer } from '../people-file.ts';
import { serverTime } from '../views.ts';

/** Lists of people that a worker writes as a file and the bot brings to whoever ordered them. */
export const exportRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .post(
      '/',
      door(deps, {
        summary: 'Have people written as a file, which the bot brings',
        role: 'operator',
        isCreating: true,
        answers: exportCreatedSchema,
        status: 202,
      }),
      validate('json', exportBody),
      async (c) => {
        const { format, ...wish } = c.req.valid('json');
        const caller = c.get('caller');
        const ctx = commandContext(deps, caller, c.get('once'));
        return c.json(await requestExport(ctx, { wish, format, language: caller.language }), 202);
      },
    )
    .get(
      '/:exportId',
      door(deps, { summary: 'How far an export is', role: 'operator', answers: exportAnswerSchema }),
      validate('param', exportParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const found = await getExport({ db: deps.db, workspaceId }, c.req.valid('param'));
        const { exportId, format, status, rows, sizeBytes } = found;
        const told = { exportId, format, status, rows, sizeBytes, createdAt: found.createdAt.toISOString() };
        const answer: ExportAnswer = { ...serverTime(deps), export: told };
        return c.json(answer);
      },
    )
    .get(
      '/:exportId/file',
      door(deps, { summary: 'The file of an export', role: 'operator' }),
      validate('param', exportParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const ctx = { db: deps.db, workspaceId };
        const { exportId, format, status } = await getExport(ctx, c.req.valid('param'));
        if (status === 'preparing') throw new Refused('export.not_ready');
        const file = Readable.toWeb(Readable.from(readChunks(ctx, exportId), { objectMode: false }));
        return fileAnswer(c, format, `people.${format}`, file as ReadableStream);
      },
    );
