import { execFileSync } from 'node:child_process';

/**
 * Postgres refuses to run as root: takes the user `postgres` where the machine has one, else `nobody`.
 * Nothing is created on the machine.
 */
export const userAllowedToRunPostgres = (): { uid: number; gid: number } => {
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('Postgres cannot run as root, and this machine has neither a user `postgres` nor `nobody`');
};

const idOf = (flag: '-u' | '-g', name: string): number | undefined => {
  try {
    return Number(
      execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
};
