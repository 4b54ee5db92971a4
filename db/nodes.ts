import { sql } from 'drizzle-orm';
import { type NodeStatus, nodeAfter, nodesThatMay } from '#core/fleet/node-status.ts';
import { acrossWorkspaces, type CommandContext, type Db, type Tx } from './context.ts';
import { tellWorkspaces } from './fleet-news.ts';

/** What a worker says of itself when it starts. */
export type Hello = {
  /** The process; its leases are held in this name. */
  runId: string;
  hardwareId: string;
  hostname: string;
  pid: number;
  version: string;
  capacity: number;
  leaseSeconds: number;
};

/** The database's clock, in Unix milliseconds, and how many accounts each node holds when all hold as many. */
export type FleetCount = { realMs: number; share: number };

/** `name` is for people. */
export type Registration = FleetCount & { name: string };

type Row = { id: string; slot: number; status: NodeStatus; pid: number | null; told: string[] };

const registering = 7_261_003;

/** Expects a machine before its first worker runs. A machine that is known already stays as it is. */
export const provisionNode = (
  db: Db,
  machine: Pick<Hello, 'hardwareId' | 'hostname'>,
): Promise<{ isNew: boolean }> =>
  acrossWorkspaces(db, async (tx) => {
    const rows = await tx.execute(sql`
      insert into node (hardware_id, slot, status, hostname)
      select ${machine.hardwareId}, 1, 'provisioned', ${machine.hostname}
      on conflict (hardware_id, slot) do nothing returning id`);
    return { isNew: rows.length > 0 };
  });

/**
 * Registers a worker at the first free place of its machine: one that is empty, lost, or whose process has ended without
 * a word. Workspaces that were told of the loss are told that the node is back. `isAlive` asks this machine.
 */
export const helloNode = (
  ctx: Pick<CommandContext, 'db' | 'now'>,
  hello: Hello,
  isAlive: (pid: number) => boolean,
): Promise<Registration> =>
  acrossWorkspaces(ctx.db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${registering})`);
    const places = await tx.execute<Row>(sql`
      select id, slot, status, pid, to_json(told) as told from node where hardware_id = ${hello.hardwareId} order by slot`);
    const isFree = ({ status, pid }: Row) =>
      nodeAfter(status, 'hello') !== undefined || pid === null || !isAlive(pid);
    const place = places.find(isFree);
    const slot = place?.slot ?? (places.at(-1)?.slot ?? 0) + 1;
    const [row] = await tx.execute<CountRow>(sql`
      insert into node (hardware_id, slot, status, run_id, hostname, pid, version, capacity, lease_seconds, started_at,
        seen_at)
      values (${hello.hardwareId}, ${slot}, 'registered', ${hello.runId}, ${hello.hostname}, ${hello.pid},
        ${hello.version}, ${hello.capacity}, ${hello.leaseSeconds}, clock_timestamp(), clock_timestamp())
      on conflict (hardware_id, slot) do update set status = excluded.status, run_id = excluded.run_id,
        hostname = excluded.hostname, pid = excluded.pid, version = excluded.version, capacity = excluded.capacity,
        lease_seconds = excluded.lease_seconds, started_at = excluded.started_at, seen_at = excluded.seen_at, told = '{}'
      returning ${realMs()} as real_ms, ${share(hello.runId)} as share`);
    const name = nameOf(hello.hostname, slot);
    if (place) await tellWorkspaces(tx, ctx, place.told, { kind: 'node.returned', payload: { name } });
    return { name, ...toFleetCount(row) };
  });

/**
 * A sign of life. Undefined when the place was given to another process meanwhile, and
 * the worker has to say hello again.
 */
export const beatNode = (
  ctx: Pick<CommandContext, 'db' | 'now'>,
  runId: string,
): Promise<FleetCount | undefined> =>
  acrossWorkspaces(ctx.db, async (tx) => {
    const [before] = await tx.execute<Row & { hostname: string }>(sql`
      select id, slot, status, pid, to_json(told) as told, hostname from node where run_id = ${runId} for update`);
    const status = before && nodeAfter(before.status, 'heartbeat');
    if (!before || !status) return undefined;
    const [row] = await tx.execute<CountRow>(sql`
      update node set seen_at = clock_timestamp(), status = ${status}, told = '{}' where id = ${before.id}
      returning ${realMs()} as real_ms, ${share(runId)} as share`);
    const event = { kind: 'node.returned', payload: { name: nameOf(before.hostname, before.slot) } } as const;
    await tellWorkspaces(tx, ctx, before.told, event);
    return toFleetCount(row);
  });

/** The worker takes no new work and ends what it has. */
export const drainNode = (db: Db, runId: string): Promise<void> => moveNode(db, runId, 'drain');

/** The process has ended in order. */
export const retireNode = (db: Db, runId: string): Promise<void> => moveNode(db, runId, 'end');

const moveNode = (db: Db, runId: string, event: 'drain' | 'end'): Promise<void> =>
  acrossWorkspaces(db, async (tx) => {
    const [row] = await tx.execute<{ status: NodeStatus }>(
      sql`select status from node where run_id = ${runId} for update`,
    );
    const status = row && nodeAfter(row.status, event);
    if (status) await tx.execute(sql`update node set status = ${status} where run_id = ${runId}`);
  });

/**
 * Notices nodes that have been silent for a whole term of their leases, and tells the workspaces whose accounts they
 * hold, or all that have accounts when they hold none. Any process may call it; each loss is told once. Answers how many there were.
 */
export const findLostNodes = (ctx: Pick<CommandContext, 'db' | 'now'>): Promise<number> =>
  acrossWorkspaces(ctx.db, async (tx) => {
    const lost = await tx.execute<{ id: string; slot: number; hostname: string; held: string[] }>(sql`
      update node set
        status = 'lost',
        told = (
          select coalesce(
            array_agg(distinct workspace_id) filter (where lease.node_id = node.run_id),
            array_agg(distinct workspace_id), '{}')
          from lease)
      where status::text in (select json_array_elements_text(${JSON.stringify(nodesThatMay('silence'))}::json))
        and seen_at < clock_timestamp() - lease_seconds * interval '1 second'
      returning id, slot, hostname, to_json(told) as held`);
    for (const { hostname, slot, held } of lost) {
      await tellWorkspaces(tx, ctx, held, { kind: 'node.lost', payload: { name: nameOf(hostname, slot) } });
    }
    return lost.length;
  });

const nameOf = (hostname: string, slot: number): string => (slot === 1 ? hostname : `${hostname}-${slot}`);

type CountRow = { real_ms: number; share: number };

const realMs = () => sql`(extract(epoch from clock_timestamp()) * 1000)::float8`;

/** Of this node and every other one that is at work. */
const share = (runId: string) => sql`(
  select ceil((select count(*) from account where status = 'active')::float8 / (1 + count(*)))::int from node as other
  where other.run_id <> ${runId} and other.status in ('registered', 'active')
    and other.seen_at > clock_timestamp() - other.lease_seconds * interval '1 second')`;

const toFleetCount = (row: CountRow | undefined): FleetCount => ({
  realMs: Number(row?.real_ms),
  share: Number(row?.share),
});

export type NodeItem = {
  name: string;
  hardwareId: string;
  status: NodeStatus;
  version: string | null;
  capacity: number | null;
  accounts: number;
  seenAt: Date | null;
};

/** Every place a worker has ever had, with the accounts it holds now. */
export const listNodes = (db: Db): Promise<NodeItem[]> =>
  acrossWorkspaces(db, async (tx: Tx) => {
    const rows = await tx.execute<{
      hardware_id: string;
      slot: number;
      status: NodeStatus;
      hostname: string | null;
      version: string | null;
      capacity: number | null;
      accounts: number;
      seen_at: string | null;
    }>(sql`
      select hardware_id, slot, status, hostname, version, capacity, seen_at, (
        select count(*) from lease where lease.node_id = node.run_id and until > clock_timestamp())::int as accounts
      from node order by hostname, slot`);
    return rows.map((row) => ({
      name: nameOf(row.hostname ?? row.hardware_id, row.slot),
      hardwareId: row.hardware_id,
      status: row.status,
      version: row.version,
      capacity: row.capacity,
      accounts: row.accounts,
      seenAt: row.seen_at === null ? null : new Date(row.seen_at),
    }));
  });
