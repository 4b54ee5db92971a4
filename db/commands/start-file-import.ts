import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { FilePlan } from '#core/audience/file-plan.ts';
import { fileReadingSchema, hasIdentifier } from '#core/audience/file-reading.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience, audienceFile } from '../schema/index.ts';

/**
 * Has a checked file imported. Refuses `file.bad_rows` while some rows name nobody, unless only the good ones are wanted,
 * `file.no_identifier_column`, `file.empty`, and `file.not_ready` in any other state.
 */
export const startFileImport = (
  ctx: CommandContext,
  input: { fileId: string; plan: FilePlan },
): Promise<{ audienceId: string | null }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, plan } = input;
    const found = await tx.select().from(audienceFile).where(eq(audienceFile.id, fileId)).for('update');
    const file = onlyRow(found, 'not_found');
    if (file.status !== 'checked') throw new Refused('file.not_ready');
    if (!hasIdentifier(fileReadingSchema.parse(file.reading).mapping)) {
      throw new Refused('file.no_identifier_column');
    }
    if (file.rowsGood === 0) throw new Refused('file.empty');
    if (file.rowsBad > 0 && !plan.onlyGoodRows) throw new Refused('file.bad_rows', { rows: file.rowsBad });

    const audienceId = plan.into === 'audience' ? randomUUID() : null;
    if (plan.into === 'audience' && audienceId) {
      await tx.insert(audience).values({
        id: audienceId,
        workspaceId: ctx.workspaceId,
        name: plan.name,
        status: 'importing',
        source: { fileId },
        createdAt: ctx.now,
      });
    }
    const counted = { rowsRead: 0, rowsGood: 0, rowsBad: 0, rowsRepeated: 0, rowsSuppressed: 0 };
    await tx
      .update(audienceFile)
      .set({ status: 'importing', plan, audienceId, ...counted })
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'checked')));
    await appendEvent(tx, ctx, { kind: 'audience_file.import_started', payload: { fileId } });
    await appendAudit(tx, ctx, {
      action: 'audience_file.import_started',
      entityId: fileId,
      after: { ...plan, audienceId },
    });
    return { audienceId };
  });
