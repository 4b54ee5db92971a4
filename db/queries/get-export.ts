import { eq } from 'drizzle-orm';
import { type PeopleWish, peopleWishSchema } from '#core/audience/people-wish.ts';
import type { ExportFormat, ExportStatus, Language } from '#core/statuses.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { operator, peopleExport } from '../schema/index.ts';

export type ExportDetail = {
  exportId: string;
  format: ExportFormat;
  language: Language;
  wish: PeopleWish;
  status: ExportStatus;
  rows: number;
  sizeBytes: number;
  /** Of whoever ordered it. */
  telegramId: string;
  createdAt: Date;
};

/** Throws `not_found` when the workspace has no such export. */
export const getExport = (ctx: QueryContext, input: { exportId: string }): Promise<ExportDetail> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const found = await tx
      .select({ row: peopleExport, telegramId: operator.telegramId })
      .from(peopleExport)
      .innerJoin(operator, eq(operator.id, peopleExport.operatorId))
      .where(eq(peopleExport.id, input.exportId));
    const { row, telegramId } = onlyRow(found, 'not_found');
    const { id: exportId, format, language, status, rows, sizeBytes, createdAt } = row;
    const wish = peopleWishSchema.parse(row.wish);
    return { exportId, format, language, wish, status, rows, sizeBytes, telegramId, createdAt };
  });
