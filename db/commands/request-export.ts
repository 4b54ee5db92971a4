import { randomUUID } from 'node:crypto';
import { eq, lt } from 'drizzle-orm';
import { type PeopleWish, peopleWishSchema } from '#core/audience/people-wish.ts';
import { DAY_MS, later } from '#core/duration.ts';
import { Refused } from '#core/refusals.ts';
import type { ExportFormat, Language } from '#core/statuses.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { fileChunk, peopleExport } from '../schema/files.ts';

const KEPT_DAYS = 7;

/** Orders a list of people as a file: a worker writes it, and the bot brings it to whoever ordered it. Kept a week. */
export const requestExport = (
  ctx: CommandContext,
  input: { wish: PeopleWish; format: ExportFormat; language: Language },
): Promise<{ exportId: string }> =>
  runCommand(ctx, 'operator', async (tx) => {
    if (ctx.actor.kind !== 'operator') throw new Refused('forbidden');
    const old = await tx
      .delete(peopleExport)
      .where(lt(peopleExport.createdAt, later(ctx.now, -KEPT_DAYS * DAY_MS)))
      .returning({ id: peopleExport.id });
    for (const { id } of old) await tx.delete(fileChunk).where(eq(fileChunk.fileId, id));
    const exportId = randomUUID();
    const wish = peopleWishSchema.parse(input.wish);
    await tx.insert(peopleExport).values({
      id: exportId,
      workspaceId: ctx.workspaceId,
      operatorId: ctx.actor.operatorId,
      format: input.format,
      language: input.language,
      wish,
      status: 'preparing',
      createdAt: ctx.now,
    });
    await appendEvent(tx, ctx, { kind: 'export.requested', payload: { exportId } });
    await appendAudit(tx, ctx, {
      action: 'export.requested',
      entityId: exportId,
      after: { format: input.format, wish },
    });
    return { exportId };
  });
