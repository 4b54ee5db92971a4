import { randomBytes, randomUUID } from 'node:crypto';
import { Secret } from '#core/secret.ts';
import type { SealKey, SealKeys } from '#core/session-keys.ts';
import { rewrapSessions } from '#db/commands/rewrap-sessions.ts';
import type { Connection } from '#db/connect.ts';
import { findSealedSession } from '#db/queries/find-sealed-session.ts';
import { openSession, sealSession } from '#db/seal.ts';
import { rewrapWith } from '#db/session-keys.ts';
import type { TimedBench } from './bench.ts';
import { openBenchDatabase } from './bench-database.ts';

const SESSIONS = 100_000;
const BATCH = 500;
const LIMIT_MS = 300_000;
const SESSION = new Secret('1AgAOMTQ5LjE1NC4xNjcuNDEBu3XqNotReallyASession');

/**
 * Milliseconds in which 100,000 sessions get a new key while others open them all the time. Each round makes a new key;
 * a session that does not open, or is left with an old key, is a failure.
 */
export async function openRotateKeys(): Promise<TimedBench> {
  const { migrator, measured, workspaceId, now, close } = await openBenchDatabase('usher_worker');
  try {
    let newest = makeKey();
    const ids = await seed(migrator, workspaceId, newest, now);
    let opened = 0;
    let failures = 0;
    const ctx = { db: measured.db, workspaceId, now, actor: { kind: 'system', part: 'bench' } } as const;

    /** Over a connection of its own, as a worker would. */
    async function openUntil(isOver: () => boolean, keys: SealKeys): Promise<void> {
      for (let turn = 0; !isOver(); turn += 1) {
        const accountId = ids[(turn * 7919) % ids.length] ?? '';
        const sealed = await findSealedSession({ db: migrator.db, workspaceId }, accountId);
        try {
          if (sealed && openSession(keys, { workspaceId, accountId }, sealed).reveal() === SESSION.reveal())
            opened += 1;
          else failures += 1;
        } catch {
          failures += 1;
        }
      }
    }

    async function rotate(keys: SealKeys): Promise<void> {
      let after: string | undefined;
      do {
        const done = await rewrapSessions(ctx, {
          newestId: keys[0].id,
          rewrap: rewrapWith(keys),
          after,
          limit: BATCH,
        });
        failures += done.unopenable;
        after = done.last;
      } while (after);
    }

    return {
      unit: 'ms',
      goal: LIMIT_MS,
      async ours() {
        const keys: SealKeys = [makeKey(), newest];
        const startedAt = performance.now();
        let isOver = false;
        const load = openUntil(() => isOver, keys);
        await rotate(keys);
        isOver = true;
        await load;
        newest = keys[0];
        const left = await countOthers(migrator, newest);
        if (failures > 0 || left > 0) throw new Error(`${failures} failures, ${left} sessions left`);
        return performance.now() - startedAt;
      },
      remarks: () => [`${SESSIONS} sessions a round; ${opened} opened meanwhile; ${failures} failures`],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const makeKey = (): SealKey => ({ id: randomUUID().slice(0, 12), key: randomBytes(32) });

async function countOthers({ sql: client }: Connection, { id }: SealKey): Promise<number> {
  const [row] = await client<{ n: number }[]>`
    select count(*)::int as n from account_session where key_id <> ${id}`;
  return row?.n ?? 0;
}

async function seed(
  { sql: client }: Connection,
  workspaceId: string,
  key: SealKey,
  now: Date,
): Promise<string[]> {
  const at = now.toISOString();
  const rows = await client<{ id: string }[]>`
    insert into account (workspace_id, telegram_id, first_name, status, connected_at)
    select ${workspaceId}, n, 'Account ' || n, 'active', ${at} from generate_series(1, ${SESSIONS}) as n returning id`;
  const ids = rows.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += 5_000) {
    const sealed = ids.slice(from, from + 5_000).map((accountId) => ({
      id: accountId,
      sealed: sealSession(key, { workspaceId, accountId }, SESSION).bytes.toString('base64'),
    }));
    await client`
      insert into account_session (account_id, workspace_id, sealed, key_id, sealed_at)
      select id, ${workspaceId}, decode(given.sealed, 'base64'), ${key.id}, ${at}
      from json_to_recordset(${JSON.stringify(sealed)}::text::json) as given(id uuid, sealed text)`;
  }
  await client`analyze`;
  return ids;
}
