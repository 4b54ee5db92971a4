import type { Context } from 'hono';
import type { PeopleWish } from '#core/audience/people-wish.ts';
import { Refused } from '#core/refusals.ts';
import type { ExportFormat } from '#core/statuses.ts';
import { PEOPLE_COLUMNS, readPeople } from '#db/queries/read-people.ts';
import { CONTENT_TYPES, writeTable } from '#files/write-table.ts';
import type { ServerDeps } from './deps.ts';
import type { ServerEnv } from './http/env.ts';

/** What is larger is ordered as an export, which a worker writes and the bot brings. */
const LARGEST_ANSWER_BYTES = 1024 * 1024;

/** People as a file. Refuses `export.too_large`, with nothing sent, above a megabyte. */
export const answerPeopleFile = async (
  c: Context<ServerEnv>,
  { db }: Pick<ServerDeps, 'db'>,
  { wish, format }: { wish: PeopleWish; format: ExportFormat },
): Promise<Response> => {
  const { workspaceId, language } = c.get('caller');
  const columns = PEOPLE_COLUMNS.map((key) => ({ key, head: key }));
  const batches = readPeople({ db, workspaceId }, wish);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of writeTable(format, { columns, batches, language })) {
    bytes += piece.length;
    if (bytes > LARGEST_ANSWER_BYTES) throw new Refused('export.too_large');
    pieces.push(piece);
  }
  return fileAnswer(c, format, `people.${format}`, Buffer.concat(pieces));
};

/** A file to be saved, whatever a browser would think of its content. */
export const fileAnswer = (
  c: Context<ServerEnv>,
  format: ExportFormat,
  name: string,
  body: Uint8Array<ArrayBuffer> | ReadableStream,
): Response =>
  c.body(body, 200, {
    'content-type': CONTENT_TYPES[format],
    'content-disposition': `attachment; filename="${name}"`,
  });
