import { setTimeout as wait } from 'node:timers/promises';
import type postgres from 'postgres';
import type { NewFault } from '#sandbox/control/contract.ts';
import type { Stage } from '../stage.ts';
import type { Fault, FaultContext } from './fault.ts';

const INVITE = 'channels.inviteToChannel';
const LOOK = 'channels.getParticipant';
const PATIENCE_MS = 4_000;
const INTERVAL_MS = 25;

/** A worker that dies at a named point of an attempt; Telegram's side tells from outside when it is there. */
export const crashFaults: readonly Fault[] = [
  {
    kind: 'kill before the call',
    weight: 2,
    strike: (context) => killWhenStruck(context, LOOK, { kind: 'delay', ms: 2_000 }),
  },
  {
    kind: 'kill after the call',
    weight: 2,
    strike: (context) => killWhenStruck(context, INVITE, { kind: 'delay', ms: 1_500 }),
  },
  {
    kind: 'kill before the reply',
    weight: 2,
    strike: (context) => killWhenStruck(context, INVITE, { kind: 'noReply' }),
  },
  { kind: 'kill after the reply', weight: 2, strike: (context) => killWhenBlocked(context, 'account') },
  { kind: 'kill inside T2', weight: 2, strike: (context) => killWhenBlocked(context, 'target') },
];

type Account = { id: string; telegram_id: string };

/** An account that may call at any moment. */
async function drawAccount({ stage, random }: FaultContext): Promise<Account | undefined> {
  const accounts = await stage.sql<Account[]>`
    select a.id, a.telegram_id from account a join lease l on l.account_id = a.id
    where a.status = 'active' and l.until > clock_timestamp() order by a.telegram_id`;
  return accounts.length > 0 ? random.pick(accounts) : undefined;
}

/** Resolves with true once the fault has struck a call of the account. */
async function struck(
  { control }: Stage,
  account: Account,
  method: string,
  action: NewFault['action'],
): Promise<boolean> {
  const match = { method, account: account.telegram_id, times: 1 };
  const id = Number(await control.addFault({ match, action } as NewFault));
  const givesUpAt = performance.now() + PATIENCE_MS;
  while (performance.now() < givesUpAt) {
    const { mtproto } = (await control.faults()) as { mtproto: { id: number; struck: number }[] };
    if (mtproto.some((fault) => fault.id === id && fault.struck > 0)) return true;
    await wait(INTERVAL_MS);
  }
  await control.removeFault(String(id));
  return false;
}

async function killWhenStruck(
  context: FaultContext,
  method: string,
  action: NewFault['action'],
): Promise<boolean> {
  const account = await drawAccount(context);
  if (!account || !(await struck(context.stage, account, method, action))) return false;
  const holder = await context.fleet.holderOf(account.id);
  if (holder) await context.fleet.kill(holder);
  return holder !== undefined;
}

/** A row that settling has to change is held by the torture, so that the worker dies with its answer half kept. */
async function killWhenBlocked(context: FaultContext, row: 'account' | 'target'): Promise<boolean> {
  const { stage, fleet } = context;
  const account = await drawAccount(context);
  if (!account || !(await struck(stage, account, INVITE, { kind: 'delay', ms: 1_000 }))) return false;
  return stage.sql.begin(async (tx) => {
    const [open] = await tx<{ target_id: string }[]>`
      select target_id from attempt where account_id = ${account.id} and status = 'attempting'`;
    if (!open) return false;
    if (row === 'account') await tx`select 1 from account where id = ${account.id} for update`;
    else await tx`select 1 from target where id = ${open.target_id} for update`;
    if (!(await somebodyWaits(tx, stage.sql))) return false;
    const holder = await fleet.holderOf(account.id);
    if (holder) await fleet.kill(holder);
    return holder !== undefined;
  });
}

/** True once a statement waits for what this transaction holds. */
async function somebodyWaits(tx: postgres.TransactionSql, sql: postgres.Sql): Promise<boolean> {
  const [own] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const givesUpAt = performance.now() + PATIENCE_MS;
  while (own && performance.now() < givesUpAt) {
    const waiting = await sql`select 1 from pg_stat_activity where ${own.pid} = any(pg_blocking_pids(pid))`;
    if (waiting.length > 0) return true;
    await wait(INTERVAL_MS);
  }
  return false;
}
