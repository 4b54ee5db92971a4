import { sql } from 'drizzle-orm';
import { eventSchemas, type UsherEvent } from '#core/events.ts';
import type { CommandContext, Tx } from './context.ts';
import { outbox } from './schema/events.ts';

/** Wakes the relay and the dispatcher of every worker. */
export const outboxChannel = 'usher_outbox';

/**
 * Writes an event in the command's own transaction: it is published if and only if the change is. A person's command
 * wakes the workers at once; a worker's does not, because its own relay is woken in the process and a notification
 * makes all commits of the server queue up.
 */
export const appendEvent = async (tx: Tx, ctx: CommandContext, event: UsherEvent): Promise<void> => {
  await tx.insert(outbox).values({
    workspaceId: ctx.workspaceId,
    kind: event.kind,
    payload: eventSchemas[event.kind].parse(event.payload),
    at: ctx.now,
  });
  await wakeWorkers(tx, ctx);
};

/** Lets the workers look for work when a person's command commits. */
export const wakeWorkers = async (tx: Tx, ctx: CommandContext): Promise<void> => {
  if (ctx.actor.kind === 'operator') await tx.execute(sql`select pg_notify(${outboxChannel}, '')`);
};
