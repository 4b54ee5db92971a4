import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const TICK_MS = 10;

type Times = { parent: number; ownMs: number; endedChildrenMs: number };

/** Core time that processes have used, in milliseconds, in steps of 10. Linux only; NaN elsewhere. */
export async function cpuMsOf(pids: readonly number[]): Promise<number> {
  const times = await Promise.all(pids.map(timesOf));
  return times.reduce((sum, found) => sum + (found?.ownMs ?? Number.NaN), 0);
}

/** The same of the Postgres server in `folder`, with all its processes, those that have ended too. */
export async function cpuMsOfServer(folder: string): Promise<number> {
  const [first] = (await readFile(join(folder, 'cluster', 'postmaster.pid'), 'utf8')).split('\n');
  const postmaster = Number(first);
  const server = await timesOf(postmaster);
  if (!server) return Number.NaN;
  const entries = await readdir('/proc');
  const all = await Promise.all(
    entries.filter((name) => /^\d+$/.test(name)).map((pid) => timesOf(Number(pid))),
  );
  return all.reduce(
    (sum, found) => (found?.parent === postmaster ? sum + found.ownMs : sum),
    server.ownMs + server.endedChildrenMs,
  );
}

/** Fields as in proc(5), counted behind the name, which may hold spaces. */
async function timesOf(pid: number): Promise<Times | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = (one: number, other: number) => ((fields[one] ?? 0) + (fields[other] ?? 0)) * TICK_MS;
  return { parent: fields[1] ?? 0, ownMs: ticks(11, 12), endedChildrenMs: ticks(13, 14) };
}
