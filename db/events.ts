import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type postgres from 'postgres';
import type { PublishedEvent } from '#core/events.ts';
import { acrossWorkspaces, type Db, inWorkspace } from './context.ts';
import { outboxChannel } from './outbox.ts';
import { eventReader, outbox } from './schema/index.ts';

/** Tells every reader that events were published; one notification for a whole batch. */
const eventsChannel = 'usher_events';

/** Serialises the relays of all nodes: positions have no gaps and follow the order of publishing. */
const relayLock = 7_261_001;

const BATCH = 500;

/**
 * Publishes waiting events: gives each its position and wakes the readers. Answers how many there were; when it is a
 * full batch there may be more. A relay elsewhere that is at work makes this one wait its turn.
 */
export const publishEvents = (db: Db): Promise<{ published: number; isFull: boolean }> =>
  acrossWorkspaces(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${relayLock})`);
    const rows = await tx.execute<{ id: number }>(sql`
      with waiting as (
        select id, row_number() over (order by id) as rank
        from (select id from outbox where position is null order by id limit ${BATCH}) as batch
      )
      update outbox set position = waiting.rank + (select coalesce(max(position), 0) from outbox)
      from waiting where outbox.id = waiting.id
      returning outbox.id`);
    if (rows.length > 0) await tx.execute(sql`select pg_notify(${eventsChannel}, '')`);
    return { published: rows.length, isFull: rows.length === BATCH };
  });

/** Published events behind a position, oldest first: of one workspace, or of all for Usher's own readers. */
export const listEvents = (
  db: Db,
  page: { afterPosition: number; workspaceId?: string; limit: number },
): Promise<PublishedEvent[]> => {
  const { workspaceId, afterPosition, limit } = page;
  const run = workspaceId
    ? (work: Parameters<typeof inWorkspace<PublishedEvent[]>>[2]) => inWorkspace(db, workspaceId, work)
    : (work: Parameters<typeof acrossWorkspaces<PublishedEvent[]>>[1]) => acrossWorkspaces(db, work);
  return run(async (tx) => {
    const rows = await tx
      .select()
      .from(outbox)
      .where(
        and(
          isNotNull(outbox.position),
          gt(outbox.position, afterPosition),
          workspaceId ? eq(outbox.workspaceId, workspaceId) : undefined,
        ),
      )
      .orderBy(asc(outbox.position))
      .limit(limit);
    // The rows were validated when they were written: `appendEvent` parses every payload.
    return rows.map(({ kind, payload, position, workspaceId, at }) => {
      return { kind, payload, position, workspaceId, at } as PublishedEvent;
    });
  });
};

/** The newest position; 0 when nothing was ever published. A live view that starts now reads from here. */
export const lastPosition = (db: Db): Promise<number> =>
  acrossWorkspaces(db, async (tx) => {
    const [row] = await tx.select({ last: sql<string>`coalesce(max(${outbox.position}), 0)` }).from(outbox);
    return Number(row?.last ?? 0);
  });

/** How far a named reader has come; 0 for one that never read. */
export const readerPosition = async (db: Db, name: string): Promise<number> => {
  const [row] = await db
    .select({ position: eventReader.position })
    .from(eventReader)
    .where(eq(eventReader.name, name));
  return row?.position ?? 0;
};

export const saveReaderPosition = async (db: Db, name: string, position: number): Promise<void> => {
  await db
    .insert(eventReader)
    .values({ name, position })
    .onConflictDoUpdate({ target: eventReader.name, set: { position } });
};

/** Calls `onWake` after events were published, and after each reconnect, since some may have been missed. */
export const listenForEvents = (client: postgres.Sql, onWake: () => void): Promise<() => Promise<void>> =>
  listen(client, eventsChannel, onWake);

/** Calls `onWake` after a person's command wrote events that no relay has published yet. */
export const listenForOutbox = (client: postgres.Sql, onWake: () => void): Promise<() => Promise<void>> =>
  listen(client, outboxChannel, onWake);

const listen = async (client: postgres.Sql, channel: string, onWake: () => void) => {
  const { unlisten } = await client.listen(channel, onWake, onWake);
  return () => unlisten();
};
