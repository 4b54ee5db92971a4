import { sql } from 'drizzle-orm';
import type { Tx } from './context.ts';

/** Longer than any batch takes. */
const TERM_SECONDS = 60;

/** Whoever reads a file says with each batch that they still do, so that nobody else begins meanwhile. */
export const keepFileInHand = async (tx: Tx, fileId: string): Promise<void> => {
  await tx.execute(sql`
    update work_claim set until = clock_timestamp() + ${TERM_SECONDS} * interval '1 second'
    where job = 'read-file' and key = ${fileId}`);
};
