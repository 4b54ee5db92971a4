import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import { type AudienceSource, audienceSourceSchema } from '#core/audience/source.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience, parseTask } from '../schema/index.ts';

/** Orders an audience; a worker builds it. Refuses `audience.empty` when there is nothing to build it from,
 * also when the tasks it names have ended and found nobody. */
export const requestAudience = (
  ctx: CommandContext,
  input: { name: string; source: Partial<AudienceSource> },
): Promise<{ audienceId: string }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const name = input.name.trim();
    if (name === '') throw new Refused('invalid_input', { field: 'name' });
    const parsed = audienceSourceSchema.safeParse(input.source);
    if (!parsed.success) {
      throw new Refused('invalid_input', { field: `source.${parsed.error.issues[0]?.path.join('.') ?? ''}` });
    }
    const source = parsed.data;
    if (source.taskIds.length === 0 && source.typed.length === 0) throw new Refused('audience.empty');
    const tasks = source.taskIds.length
      ? await tx
          .select({ status: parseTask.status, people: parseTask.peopleCount })
          .from(parseTask)
          .where(inArray(parseTask.id, source.taskIds))
      : [];
    if (tasks.length < new Set(source.taskIds).size) throw new Refused('not_found');
    const hasNobody = tasks.every(({ status, people }) => status === 'done' && people === 0);
    if (source.typed.length === 0 && hasNobody) throw new Refused('audience.empty');

    const audienceId = randomUUID();
    await tx.insert(audience).values({
      id: audienceId,
      workspaceId: ctx.workspaceId,
      name,
      status: 'building',
      source,
      createdAt: ctx.now,
    });
    await appendEvent(tx, ctx, { kind: 'audience.requested', payload: { audienceId } });
    await appendAudit(tx, ctx, {
      action: 'audience.requested',
      entityId: audienceId,
      after: { name, taskIds: source.taskIds, filter: source.filter, typed: source.typed.length },
    });
    return { audienceId };
  });
