import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { acrossWorkspaces, type Db, inWorkspace } from './context.ts';
import { webhook, webhookDelivery } from './schema/api.ts';

/** All moments in this file are infrastructure time, but for the `at` of events. */
const READER = 'webhooks';
const BATCH = 500;
/** Keeps two workers from spreading the same events. */
const spreading = 7_261_004;
/** Whoever took a delivery and fell silent has lost it after so long. */
const HOLD_SECONDS = 60;
/** What has arrived can be looked at for so long. */
const KEPT_DAYS = 7;

/**
 * Makes a delivery of every published event for every webhook that wants it, and notes how far it has come in the same
 * transaction: none is left out, none comes twice. Answers whether there may be more.
 */
export const spreadEvents = (db: Db): Promise<{ isFull: boolean }> =>
  acrossWorkspaces(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${spreading})`);
    const [row] = await tx.execute<{ read: number }>(sql`
      with batch as (
        select position, workspace_id, kind, payload, at from outbox
        where position > coalesce((select position from event_reader where name = ${READER}), 0)
        order by position limit ${BATCH}
      ), made as (
        insert into webhook_delivery
          (workspace_id, webhook_id, position, kind, payload, at, created_at, due_at)
        select batch.workspace_id, webhook.id, batch.position, batch.kind, batch.payload, batch.at,
          clock_timestamp(), clock_timestamp()
        from batch join webhook on webhook.workspace_id = batch.workspace_id
        where batch.position > webhook.since_position and webhook.removed_at is null
          and webhook.disabled_at is null and (webhook.kinds is null or batch.kind = any(webhook.kinds))
      ), noted as (
        insert into event_reader (name, position)
        select ${READER}, max(position) from batch having count(*) > 0
        on conflict (name) do update set position = excluded.position
      )
      select count(*)::int as read from batch`);
    return { isFull: row?.read === BATCH };
  });

export type DueDelivery = {
  deliveryId: string;
  workspaceId: string;
  webhookId: string;
  url: string;
  sealedSecret: Buffer;
  position: number;
  kind: string;
  payload: unknown;
  at: Date;
  /** This one included. */
  tries: number;
};

/** Takes deliveries that are due, oldest first: nobody else gets them until they are settled or a minute has passed. */
export const takeDueDeliveries = (db: Db, { limit }: { limit: number }): Promise<DueDelivery[]> =>
  acrossWorkspaces(db, async (tx) => {
    const rows = await tx.execute<
      Omit<DueDelivery, 'position' | 'at' | 'sealedSecret'> & { position: string; ms: string; sealed: string }
    >(sql`
      update webhook_delivery as d
      set tries = d.tries + 1, due_at = clock_timestamp() + ${HOLD_SECONDS} * interval '1 second'
      from webhook w
      where w.id = d.webhook_id and w.disabled_at is null and w.removed_at is null and d.id in (
        select id from webhook_delivery where due_at <= clock_timestamp()
        order by due_at, position limit ${limit} for update skip locked)
      returning d.id as "deliveryId", d.workspace_id as "workspaceId", d.webhook_id as "webhookId", w.url,
        encode(w.sealed_secret, 'hex') as sealed, d.position, d.kind, d.payload,
        (extract(epoch from d.at) * 1000)::bigint as ms, d.tries`);
    return rows.map(({ sealed, position, ms, ...row }) => ({
      ...row,
      sealedSecret: Buffer.from(sealed, 'hex'),
      position: Number(position),
      at: new Date(Number(ms)),
    }));
  });

/** It has arrived. */
export const settleArrived = (db: Db, delivery: DueDelivery, answer: string): Promise<void> =>
  inWorkspace(db, delivery.workspaceId, async (tx) => {
    await tx
      .update(webhookDelivery)
      .set({ deliveredAt: sql`clock_timestamp()`, dueAt: null, answer })
      .where(eq(webhookDelivery.id, delivery.deliveryId));
    await tx
      .update(webhook)
      .set({ failingSince: null })
      .where(and(eq(webhook.id, delivery.webhookId), isNotNull(webhook.failingSince)));
    await tx.execute(sql`
      delete from webhook_delivery
      where webhook_id = ${delivery.webhookId} and delivered_at < clock_timestamp() - ${KEPT_DAYS} * interval '1 day'`);
  });

/**
 * It has not arrived and is tried again after the wait, as is everything else on its way there: an address that does
 * not answer is not asked more often because there is more to tell. Answers since when it has been so, and the database's
 * reading of the clock.
 */
export const settleFailed = (
  db: Db,
  delivery: DueDelivery,
  { answer, waitMs }: { answer: string; waitMs: number },
): Promise<{ failingSince: Date | null; now: Date }> =>
  inWorkspace(db, delivery.workspaceId, async (tx) => {
    const { deliveryId, webhookId } = delivery;
    const next = sql`clock_timestamp() + ${waitMs} * interval '1 millisecond'`;
    await tx
      .update(webhookDelivery)
      .set({ answer })
      .where(and(eq(webhookDelivery.id, deliveryId), isNull(webhookDelivery.deliveredAt)));
    await tx.execute(sql`
      update webhook_delivery set due_at = case when id = ${deliveryId} then ${next} else greatest(due_at, ${next}) end
      where webhook_id = ${webhookId} and due_at is not null`);
    const [row] = await tx.execute<{ since: string | null; now: string }>(sql`
      update webhook set failing_since = coalesce(failing_since, clock_timestamp()) where id = ${webhookId}
      returning (extract(epoch from failing_since) * 1000)::bigint as since,
        (extract(epoch from clock_timestamp()) * 1000)::bigint as now`);
    return {
      failingSince: row?.since ? new Date(Number(row.since)) : null,
      now: new Date(Number(row?.now ?? 0)),
    };
  });
