import { everybody } from '#core/audience/people-wish.ts';
import { PEOPLE_COLUMNS, readPeople } from '#db/queries/read-people.ts';
import { writeTable } from '#files/write-table.ts';
import type { Bench } from './bench.ts';
import { openBenchDatabase } from './bench-database.ts';
import { seedPeople } from './seed-people.ts';

const PEOPLE = 200_000;

/** Rows a second out of the database as a CSV file without live formulas; the reference copies the same columns out. */
export async function openExport(): Promise<Bench> {
  const { migrator, measured, workspaceId, now, close } = await openBenchDatabase('usher_app');
  try {
    await seedPeople(migrator, workspaceId, PEOPLE, now);
    const ctx = { db: measured.db, workspaceId };
    const columns = PEOPLE_COLUMNS.map((key) => ({ key, head: key }));
    let highestBytes = 0;
    let lowestBytes = Number.POSITIVE_INFINITY;
    return {
      unit: 'rows/s',
      goal: 0.5,
      async ours() {
        const startedAt = performance.now();
        let bytes = 0;
        const batches = readPeople(ctx, { filter: everybody });
        for await (const piece of writeTable('csv', { columns, batches, language: 'en' })) {
          bytes += piece.length;
          const resident = process.memoryUsage.rss();
          highestBytes = Math.max(highestBytes, resident);
          lowestBytes = Math.min(lowestBytes, resident);
        }
        if (bytes < PEOPLE * 50) throw new Error(`only ${bytes} bytes came out`);
        return PEOPLE / ((performance.now() - startedAt) / 1000);
      },
      async reference() {
        const startedAt = performance.now();
        const source = await migrator.sql
          .unsafe(
            `copy (select telegram_id, username, first_name, last_name, last_seen, is_premium, has_photo, is_bot, is_deleted,
              is_scam, is_admin_somewhere, seen_at, phone from person where workspace_id = '${workspaceId}' order by id)
              to stdout with (format csv)`,
          )
          .readable();
        let bytes = 0;
        for await (const piece of source) bytes += (piece as Buffer).length;
        if (bytes < PEOPLE * 50) throw new Error(`only ${bytes} bytes came out`);
        return PEOPLE / ((performance.now() - startedAt) / 1000);
      },
      remarks: () => [
        `${PEOPLE} people a round; ${Math.round(lowestBytes / 1024 ** 2)} to ${Math.round(highestBytes / 1024 ** 2)} MB resident`,
      ],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
