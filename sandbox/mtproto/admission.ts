import { setTimeout as wait } from 'node:timers/promises';
import type { Connection } from './connection.ts';
import { forgetAuthKey } from './core.ts';

/** How long an older connection may take to end before it counts as a second user of the key. */
const graceMs = 150;

/**
 * Whether calls on this connection may run. Telegram destroys a session whose signed-in key makes calls on two
 * connections at once: then this is false, the key is forgotten and both connections end after their answers.
 * A client that has just reconnected is let in once its old socket has ended, which the server may learn later.
 */
export function admit(connection: Connection): Promise<boolean> | true {
  const { auth } = connection;
  if (connection.admission !== undefined) return connection.admission === 'admitted' || connection.admission;
  if (!auth || auth.userId === undefined || connection.isMedia) return true;
  if (rivalsOf(connection).length === 0) {
    connection.admission = 'admitted';
    return true;
  }
  connection.admission = settle(connection);
  return connection.admission;
}

async function settle(connection: Connection): Promise<boolean> {
  await Promise.race([
    Promise.all(rivalsOf(connection).map((rival) => rival.closed)),
    wait(graceMs, undefined, { ref: false }),
  ]);
  const rivals = rivalsOf(connection);
  if (rivals.length === 0) {
    connection.admission = 'admitted';
    return true;
  }
  if (connection.auth) forgetAuthKey(connection.core, connection.auth);
  for (const ended of [connection, ...rivals]) setImmediate(() => ended.finish());
  return false;
}

function rivalsOf(connection: Connection): Connection[] {
  return [...(connection.auth?.connections ?? [])].filter(
    (other) => other !== connection && other.isOpen && !other.isMedia,
  );
}
