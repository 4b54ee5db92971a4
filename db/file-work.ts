import { and, eq, sql } from 'drizzle-orm';
import { onlyRow } from './command.ts';
import type { Tx } from './context.ts';
import { audienceFile } from './schema/files.ts';

/** Longer than any batch takes. */
const TERM_SECONDS = 60;

/** Whoever reads a file says with each batch that they still do, so that nobody else begins meanwhile. */
export const keepFileInHand = async (tx: Tx, fileId: string): Promise<void> => {
  await tx.execute(sql`
    update work_claim set until = clock_timestamp() + ${TERM_SECONDS} * interval '1 second'
    where job = 'read-file' and key = ${fileId}`);
};

/** What a check has come to; refuses with `conflict` when nobody waits for it any more. */
export const endCheck = async (
  tx: Tx,
  fileId: string,
  set: Partial<typeof audienceFile.$inferInsert>,
): Promise<void> => {
  const moved = await tx
    .update(audienceFile)
    .set(set)
    .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'checking')))
    .returning({ id: audienceFile.id });
  onlyRow(moved, 'conflict');
};
