import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import { LARGEST_FILE_BYTES } from '#core/audience/file-plan.ts';
import { Refused } from '#core/refusals.ts';
import { cancelFileImport } from '#db/commands/cancel-file-import.ts';
import { changeFileReading } from '#db/commands/change-file-reading.ts';
import { dropAudienceFile } from '#db/commands/drop-audience-file.ts';
import { openAudienceFile } from '#db/commands/open-audience-file.ts';
import { receiveAudienceFile } from '#db/commands/receive-audience-file.ts';
import { startFileImport } from '#db/commands/start-file-import.ts';
import type { QueryContext } from '#db/context.ts';
import { storeStream } from '#db/file-chunks.ts';
import { getAudienceFile, listAudienceFiles, listFileErrors } from '#db/queries/get-audience-file.ts';
import { writeTable } from '#files/write-table.ts';
import {
  type AudienceFileAnswer,
  type AudienceFilePage,
  audienceFileAnswerSchema,
  audienceFilePageSchema,
  audienceFileParams,
  fileCreatedSchema,
  fileImportSchema,
  filePlanBody,
  fileReadingBody,
  uploadQuery,
} from '#miniapp/contract/audience-files.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { fileAnswer } from '../people-file.ts';
import { serverTime } from '../views.ts';

/** Files of people: uploaded, checked by a worker, corrected, and then imported. */
export const audienceFileRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Files of people, newest first',
        role: 'viewer',
        answers: audienceFilePageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const page = await listAudienceFiles({ db: deps.db, workspaceId }, pageWish(c.req.valid('query')));
        const answer: AudienceFilePage = {
          ...serverTime(deps),
          ...pageView(page, (row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Upload a CSV or XLSX file as the body; a worker checks it',
        role: 'operator',
        answers: fileCreatedSchema,
        status: 201,
      }),
      validate('query', uploadQuery),
      async (c) => c.json({ fileId: await upload(c, deps, c.req.valid('query').name) }, 201),
    )
    .get(
      '/:fileId',
      door(deps, {
        summary: 'A file: how it is read, its first rows, what a check or an import has counted',
        role: 'viewer',
        answers: audienceFileAnswerSchema,
      }),
      validate('param', audienceFileParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const file = await getAudienceFile({ db: deps.db, workspaceId }, c.req.valid('param'));
        const told = { ...file, createdAt: file.createdAt.toISOString() };
        const answer: AudienceFileAnswer = { ...serverTime(deps), file: told };
        return c.json(answer);
      },
    )
    .put(
      '/:fileId/reading',
      door(deps, {
        summary: 'Have a file checked again with other columns or another form',
        role: 'operator',
      }),
      validate('param', audienceFileParams),
      validate('json', fileReadingBody),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'));
        await changeFileReading(ctx, { ...c.req.valid('param'), reading: c.req.valid('json') });
        return c.body(null, 204);
      },
    )
    .post(
      '/:fileId/import',
      door(deps, {
        summary: 'Import a checked file into a new audience or into the suppressions',
        role: 'operator',
        isCreating: true,
        answers: fileImportSchema,
        status: 202,
      }),
      validate('param', audienceFileParams),
      validate('json', filePlanBody),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        const plan = c.req.valid('json');
        return c.json(await startFileImport(ctx, { ...c.req.valid('param'), plan }), 202);
      },
    )
    .post(
      '/:fileId/cancel',
      door(deps, { summary: 'Stop an import and take back what it has brought', role: 'operator' }),
      validate('param', audienceFileParams),
      async (c) => {
        await cancelFileImport(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    )
    .get(
      '/:fileId/errors',
      door(deps, { summary: 'The rows that name nobody, as a CSV file', role: 'viewer' }),
      validate('param', audienceFileParams),
      async (c) => {
        const { workspaceId, language } = c.get('caller');
        const ctx = { db: deps.db, workspaceId };
        const { fileId } = await getAudienceFile(ctx, c.req.valid('param'));
        const columns = ['line', 'reason', 'text'].map((key) => ({ key, head: key }));
        const file = writeTable('csv', { columns, batches: errorRows(ctx, fileId), language });
        const body = Readable.toWeb(Readable.from(file, { objectMode: false })) as ReadableStream;
        return fileAnswer(c, 'csv', 'errors.csv', body);
      },
    );

/** Stores the body piece by piece. Refuses `file.too_large` as soon as that is known, and keeps nothing of it. */
const upload = async (c: Context<ServerEnv>, deps: ServerDeps, name: string): Promise<string> => {
  if (Number(c.req.header('content-length') ?? 0) > LARGEST_FILE_BYTES) throw new Refused('file.too_large');
  const { body } = c.req.raw;
  if (!body) throw new Refused('file.empty');
  const ctx = commandContext(deps, c.get('caller'));
  const { fileId } = await openAudienceFile(ctx, { name });
  try {
    const pieces = Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
    const sizeBytes = await storeStream(ctx, fileId, pieces, (bytes) => {
      if (bytes > LARGEST_FILE_BYTES) throw new Refused('file.too_large');
    });
    if (sizeBytes === 0) throw new Refused('file.empty');
    await receiveAudienceFile(ctx, { fileId, sizeBytes });
    return fileId;
  } catch (thrown) {
    await dropAudienceFile(ctx, { fileId }).catch((err: unknown) =>
      deps.log.warn({ err, fileId }, 'an upload that broke off was left lying'),
    );
    throw thrown;
  }
};

const ERRORS_AT_ONCE = 1_000;

async function* errorRows(ctx: QueryContext, fileId: string) {
  for (let afterLine = 0; ; ) {
    const errors = await listFileErrors(ctx, { fileId, afterLine, limit: ERRORS_AT_ONCE });
    yield errors.map(({ line, reason, text }) => [line, reason, text]);
    afterLine = errors.at(-1)?.line ?? 0;
    if (errors.length < ERRORS_AT_ONCE) return;
  }
}
