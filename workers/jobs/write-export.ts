import { Refused } from '#core/refusals.ts';
import { finishExport } from '#db/commands/finish-export.ts';
import { deleteChunks, storeStream } from '#db/file-chunks.ts';
import { getExport } from '#db/queries/get-export.ts';
import { PEOPLE_COLUMNS, readPeople } from '#db/queries/read-people.ts';
import { writeTable } from '#files/write-table.ts';
import { contextOf, defineJob } from '../runtime/define-job.ts';

/** Writes a list of people as a file into the database, from where bot and panel hand it out. */
export const writeExport = defineJob('write-export', async ({ workspaceId, exportId }, deps) => {
  const ctx = contextOf(deps, workspaceId);
  try {
    const { wish, format, language, status } = await getExport(ctx, { exportId });
    if (status !== 'preparing') return { kind: 'done' };
    let rows = 0;
    const counted = async function* () {
      for await (const batch of readPeople(ctx, wish)) {
        rows += batch.length;
        yield batch;
      }
    };
    const columns = PEOPLE_COLUMNS.map((key) => ({ key, head: key }));
    await deleteChunks(ctx, exportId);
    const file = writeTable(format, { columns, batches: counted(), language });
    const sizeBytes = await storeStream(ctx, exportId, file);
    await finishExport(contextOf(deps, workspaceId), { exportId, rows, sizeBytes });
  } catch (thrown) {
    if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
    throw thrown;
  }
  deps.tell();
  return { kind: 'done' };
});
