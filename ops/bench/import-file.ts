import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openAudienceFile } from '#db/commands/open-audience-file.ts';
import { receiveAudienceFile } from '#db/commands/receive-audience-file.ts';
import { saveFileCheck } from '#db/commands/save-file-check.ts';
import { startFileImport } from '#db/commands/start-file-import.ts';
import type { Connection } from '#db/connect.ts';
import { readChunks, storeStream } from '#db/file-chunks.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { getAudienceFile } from '#db/queries/get-audience-file.ts';
import { importRows } from '#workers/main.ts';
import type { Bench } from './bench.ts';
import { openBenchDatabase } from './bench-database.ts';

const ROWS = 100_000;
/** Kept of whoever must not be contacted, so that every row is really looked for. */
const SUPPRESSED = 10_000;

/**
 * Rows a second from a stored CSV file into an audience: read, validated, deduplicated, held against the suppressions and
 * written under row level security. The reference copies the same people and members, made before, into tables with the
 * same columns and indexes, without a policy or a foreign key.
 */
export async function openImport(): Promise<Bench> {
  const { migrator, measured, workspaceId, operatorId, now, close } = await openBenchDatabase('usher_worker');
  try {
    const { sql: client } = migrator;
    await client`create table copied_person (like person including all)`;
    await client`create table copied_member (like audience_member including all)`;
    await client`
      insert into suppression (workspace_id, scope, person_hash, reason, created_at)
      select ${workspaceId}, 'workspace', sha256(n::text::bytea), 'bench', ${now.toISOString()}
      from generate_series(1, ${SUPPRESSED}) as n`;
    const actor = { kind: 'operator', operatorId, role: 'owner' } as const;
    const ctx = { db: measured.db, workspaceId, now, actor };
    const deps = { hashPerson: createHashPerson(Buffer.alloc(32, 1)), tell: () => {} };
    let highestBytes = 0;
    const watch = () => {
      highestBytes = Math.max(highestBytes, process.memoryUsage.rss());
    };

    const storeFile = async (): Promise<string> => {
      const { fileId } = await openAudienceFile(ctx, { name: 'people.csv' });
      const sizeBytes = await storeStream(ctx, fileId, Readable.from(csv()));
      await receiveAudienceFile(ctx, { fileId, sizeBytes });
      const reading = {
        ...({ kind: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true } as const),
        mapping: { telegramId: 0, username: 1, firstName: 2 },
      };
      const check = { reading, preview: [], good: ROWS, bad: 0, errors: [] };
      await saveFileCheck(ctx, { fileId, check });
      const plan = { into: 'audience', name: fileId, basis: 'opted_in', onlyGoodRows: false } as const;
      await startFileImport(ctx, { fileId, plan });
      return fileId;
    };

    return {
      unit: 'rows/s',
      goal: 0.45,
      async ours() {
        await client`truncate person, audience_member cascade`;
        const fileId = await storeFile();
        const file = await getAudienceFile(ctx, { fileId });
        const { sizeBytes } = file;
        const watching = setInterval(watch, 20);
        const startedAt = performance.now();
        await importRows(
          file,
          { sizeBytes, read: (range) => readChunks(ctx, fileId, range) },
          () => ctx,
          deps,
        );
        const rate = ROWS / ((performance.now() - startedAt) / 1000);
        clearInterval(watching);
        const [made] = await client<{ n: number }[]>`select count(*)::int as n from audience_member`;
        if (made?.n !== ROWS) throw new Error(`${made?.n} members of ${ROWS}`);
        return rate;
      },
      async reference() {
        await client`truncate copied_person, copied_member`;
        const at = now.toISOString();
        const startedAt = performance.now();
        await copy(
          migrator,
          `copied_person (id, workspace_id, telegram_id, username, first_name, is_bot, is_deleted, is_scam, is_premium,
            has_photo, is_admin_somewhere, last_seen, seen_at)`,
          lines(
            (n) =>
              `${uuid(n)}\t${workspaceId}\t${id(n)}\tuser_${n}\tPerson ${n}\tf\tf\tf\tf\tf\tf\tunknown\t${at}\n`,
          ),
        );
        await copy(
          migrator,
          'copied_member (audience_id, person_id, workspace_id, basis, position, origin)',
          lines((n) => `${workspaceId}\t${uuid(n)}\t${workspaceId}\topted_in\t${n}\tfile\n`),
        );
        return ROWS / ((performance.now() - startedAt) / 1000);
      },
      remarks: () => [
        `${ROWS} rows a round; at most ${Math.round(highestBytes / 1024 ** 2)} MB resident while importing`,
      ],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const id = (n: number) => 100_000_000 + ((n * 7919) % ROWS);
const uuid = (n: number) =>
  `${((n * 2654435761) % 2 ** 32).toString(16).padStart(8, '0')}-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const AT_ONCE = 2_000;

function* lines(line: (n: number) => string): Generator<Buffer> {
  for (let from = 0; from < ROWS; from += AT_ONCE) {
    let text = '';
    for (let n = from; n < from + AT_ONCE; n += 1) text += line(n);
    yield Buffer.from(text);
  }
}

function* csv(): Generator<Buffer> {
  yield Buffer.from('id,username,name\n');
  yield* lines((n) => `${id(n)},user_${n},Person ${n}\n`);
}

async function copy({ sql: client }: Connection, into: string, rows: Generator<Buffer>): Promise<void> {
  const target = await client.unsafe(`copy ${into} from stdin`).writable();
  await pipeline(Readable.from(rows, { objectMode: false }), target);
}
