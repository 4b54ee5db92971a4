import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import { type AudienceSource, audienceSourceSchema, isEmptySource } from '#core/audience/source.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience, parseTask } from '../schema/index.ts';

/**
 * Orders an audience; a worker builds it. Refuses `audience.empty` when there is nothing to build it from, also when the
 * tasks it names have ended and found nobody, and `audience.not_ready` while another one that it is built from is not.
 */
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
    if (isEmptySource(source)) throw new Refused('audience.empty');
    const tasks = source.taskIds.length
      ? await tx
          .select({ status: parseTask.status, people: parseTask.peopleCount })
          .from(parseTask)
          .where(inArray(parseTask.id, source.taskIds))
      : [];
    if (tasks.length < new Set(source.taskIds).size) throw new Refused('not_found');
    await requireReady(tx, [...source.union, ...source.intersection, ...source.minus]);
    const hasNobody = tasks.every(({ status, people }) => status === 'done' && people === 0);
    if (isEmptySource({ ...source, taskIds: [] }) && hasNobody) throw new Refused('audience.empty');

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
      after: { name, ...source, typed: source.typed.length },
    });
    return { audienceId };
  });

const requireReady = async (tx: Tx, given: readonly string[]): Promise<void> => {
  const ids = [...new Set(given)];
  if (ids.length === 0) return;
  const found = await tx.select({ status: audience.status }).from(audience).where(inArray(audience.id, ids));
  if (found.length < ids.length) throw new Refused('not_found');
  if (found.some(({ status }) => status === 'building' || status === 'importing')) {
    throw new Refused('audience.not_ready');
  }
};
