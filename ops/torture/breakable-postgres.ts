import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#db/embedded.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import { freePort } from '../cli/demo/free-port.ts';

export type BreakablePostgres = {
  url: string;
  /** Ends it in order, or at once as a crash would, and starts it on the same data and port. */
  restart(how: 'in_order' | 'at_once'): Promise<void>;
};

/** The machine does not lose power here, so what the system's cache holds is safe; commits still wait for it. */
const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '200' };

export async function startBreakablePostgres(
  folder: string,
  lifecycle: Lifecycle,
): Promise<BreakablePostgres> {
  const port = await freePort();
  const start = () => startEmbeddedPostgres({ dataDir: folder, port, settings: SETTINGS });
  let server: EmbeddedPostgres = await start();
  let restarting: Promise<void> = Promise.resolve();
  lifecycle.onStop('postgres', async () => {
    await restarting;
    await server.stop();
  });
  const restart = async (how: 'in_order' | 'at_once') => {
    if (how === 'at_once') process.kill(await postmasterOf(folder), 'SIGQUIT');
    await server.stop();
    server = await start();
  };
  return {
    url: server.url,
    restart(how) {
      restarting = restart(how);
      return restarting;
    },
  };
}

const postmasterOf = async (folder: string): Promise<number> =>
  Number((await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n')[0]);
