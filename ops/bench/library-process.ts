import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Secret } from '#core/secret.ts';
import type { ChatRef, UserSession } from '#core/telegram/user-session.ts';
import { connectUserSession, type TelegramConfig } from '#workers/main.ts';

/** What the process of one library is told once. */
export type Orders = {
  telegram: Omit<TelegramConfig, 'apiHash'>;
  /** Session strings, one an account; of the offline Telegram, so no secrets. */
  sessions: string[];
  /** The group to read. */
  crowd: string;
};

export type Memory = { residentMb: number; heapMb: number };

/** Each holds connections with one library and does nothing else. */
export type LibraryProcess = {
  /** Connects one account, which loads the library, and after a first look at the memory all others at once. */
  connect(): Promise<{ ms: number; before: Memory; after: Memory }>;
  /** Asks once with each of the first `count`, whose connections are to be cut, and connects those anew. */
  reconnect(count: number): Promise<{ lost: number; back: number; ms: number }>;
  /** Reads a page with every account twice a minute. */
  hold(ms: number): Promise<{ pages: number; after: Memory }>;
  /** People a second, by the first account. */
  parse(): Promise<number>;
  stop(): Promise<void>;
};

const HOLD_INTERVAL_MS = 30_000;
const PAGE = 200;

export function startLibrary(orders: Orders): LibraryProcess {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(orders)], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`the process of ${orders.telegram.library} has ended`);
  });
  ended.catch(() => {});
  const ask = async (kind: string, amount?: number) => {
    child.send({ kind, amount });
    const [answer] = await Promise.race([once(child, 'message'), ended]);
    return answer;
  };
  return {
    connect: () => ask('connect'),
    reconnect: (count) => ask('reconnect', count),
    hold: (ms) => ask('hold', ms),
    parse: () => ask('parse'),
    async stop() {
      if (child.exitCode !== null) return;
      child.kill();
      await once(child, 'exit');
    },
  };
}

function measureMemory(): Memory {
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { residentMb: Math.round(rss / 2 ** 20), heapMb: Math.round(heapUsed / 2 ** 20) };
}

function openAccounts({ telegram, sessions, crowd }: Orders) {
  const open: UserSession[] = [];
  /** The group as each has seen it: an access hash is good for one account only. */
  const groups = new WeakMap<UserSession, ChatRef>();
  const connectOne = connectUserSession({ ...telegram, apiHash: new Secret('offline') }, () => new Date());
  const connect = async (index: number) => {
    const answer = await connectOne(new Secret(sessions[index] ?? ''), { onEnd: () => {} });
    if (!answer.ok) throw new Error(answer.failure.error);
    open[index] = answer.value;
  };
  const sessionOf = (index: number): UserSession => {
    const session = open[index];
    if (!session) throw new Error(`account ${index} is not connected`);
    return session;
  };
  const readGroup = async (session: UserSession): Promise<ChatRef> => {
    const answer = await session.resolveCommunity({ kind: 'username', username: crowd });
    if (!answer.ok) throw new Error(answer.failure.error);
    groups.set(session, answer.value);
    return answer.value;
  };
  const readPage = async (index: number, offset: number) => {
    const session = sessionOf(index);
    const page = await session.listMembers(groups.get(session) ?? (await readGroup(session)), offset);
    if (!page.ok) throw new Error(page.failure.error);
    return page.value;
  };
  return {
    async connect() {
      await connect(0);
      const before = measureMemory();
      const startedAt = performance.now();
      await Promise.all(sessions.slice(1).map((_, index) => connect(index + 1)));
      const ms = Math.round(performance.now() - startedAt);
      return { ms, before, after: measureMemory() };
    },
    async reconnect(count: number) {
      const chosen = Array.from({ length: count }, (_, index) => index);
      const answers = await Promise.all(
        chosen.map((index) => sessionOf(index).resolveUsername('nobody_at_all')),
      );
      const lost = answers.filter((answer) => !answer.ok && answer.failure.kind === 'disconnected').length;
      const startedAt = performance.now();
      await Promise.all(chosen.map(connect));
      const back = await Promise.all(chosen.map((index) => readGroup(sessionOf(index))));
      return { lost, back: back.length, ms: Math.round(performance.now() - startedAt) };
    },
    async hold(ms: number) {
      const until = performance.now() + ms;
      const pages = await Promise.all(
        open.map(async (_, index) => {
          await sleep((index / open.length) * HOLD_INTERVAL_MS);
          let read = 0;
          for (; performance.now() < until; read += 1) {
            await readPage(index, read * PAGE);
            await sleep(Math.min(HOLD_INTERVAL_MS, Math.max(0, until - performance.now())));
          }
          return read;
        }),
      );
      return { pages: pages.reduce((sum, read) => sum + read, 0), after: measureMemory() };
    },
    async parse() {
      const startedAt = performance.now();
      let people = 0;
      for (let offset: number | undefined = 0; offset !== undefined; ) {
        const page = await readPage(0, offset);
        people += page.people.length;
        offset = page.nextOffset;
      }
      return people / ((performance.now() - startedAt) / 1000);
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const accounts = openAccounts(JSON.parse(process.argv[2] ?? ''));
  process.on('message', async ({ kind, amount = 0 }: { kind: keyof typeof accounts; amount?: number }) => {
    process.send?.(await accounts[kind](amount));
  });
  process.once('disconnect', () => process.exit());
}
