import { and, asc, desc, gt, inArray } from 'drizzle-orm';
import type { SuppressionScope } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { suppression } from '../schema/people.ts';
import { hasStopped } from '../stopped-people.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

/** Whom it is about is not kept, but as a hash. */
export type SuppressionItem = {
  suppressionId: string;
  scope: SuppressionScope;
  communityId: string | null;
  reason: string;
  createdAt: Date;
};

/** Who must not be contacted, newest first: a row for each way of knowing a person. With `hashes` those of one person. */
export const listSuppressions = (
  ctx: QueryContext,
  page: PageWish & { hashes?: readonly Buffer[] | undefined },
): Promise<Page<SuppressionItem> & { hasStopped: boolean }> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { hashes } = page;
    const wanted = hashes && inArray(suppression.personHash, [...hashes]);
    const rows = await tx
      .select(columns)
      .from(suppression)
      .where(and(wanted, behind(suppression.createdAt, suppression.id, page.after)))
      .orderBy(desc(suppression.createdAt), desc(suppression.id))
      .limit(page.limit + 1);
    const total = await tx.$count(suppression, wanted);
    const found = toPage(rows, { limit: page.limit, total }, (row) => ({
      at: row.createdAt,
      id: row.suppressionId,
    }));
    return { ...found, hasStopped: hashes ? await hasStopped(tx, hashes) : false };
  });

const columns = {
  suppressionId: suppression.id,
  scope: suppression.scope,
  communityId: suppression.communityId,
  reason: suppression.reason,
  createdAt: suppression.createdAt,
};

const BATCH = 5_000;

/** All of them for a file, batch by batch, with the hash that another Usher with the same key would know. */
export async function* readSuppressions(ctx: QueryContext): AsyncGenerator<(string | null)[][]> {
  let last: string | undefined;
  do {
    const after = last;
    const rows = await inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
      tx
        .select({ ...columns, personHash: suppression.personHash })
        .from(suppression)
        .where(after ? gt(suppression.id, after) : undefined)
        .orderBy(asc(suppression.id))
        .limit(BATCH),
    );
    yield rows.map((row) => [
      row.personHash.toString('hex'),
      row.scope,
      row.communityId,
      row.reason,
      row.createdAt.toISOString(),
    ]);
    last = rows.length === BATCH ? rows.at(-1)?.suppressionId : undefined;
  } while (last);
}
