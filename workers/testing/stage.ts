import type { Clock } from '#core/clock.ts';
import type { EventKind, EventPayload } from '#core/events.ts';
import { fixedKeys } from '#core/session-keys.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import type { CommandContext } from '#db/context.ts';
import { listEvents, listenForEvents } from '#db/events.ts';
import { sealSession } from '#db/seal.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { createWorldClock, type WorldClock } from '#sandbox/world/clock.ts';
import type { NewUser } from '#sandbox/world/commands/add-user.ts';
import { startWorker, type WorkerConfig } from '../main.ts';
import { sessionKey, suppressionKey } from './keys.ts';
import { startTelegram, type TestTelegram } from './offline.ts';
import { silentLog } from './silent-log.ts';

/** A workspace, an offline Telegram and as many workers as a test starts, all on one business clock. */
export type Stage = {
  db: TestDb;
  telegram: TestTelegram;
  clock: Clock & WorldClock;
  workspaceId: string;
  /** Of the workspace's owner. */
  context(): CommandContext;
  /** Signs in over the wire and keeps the session. */
  connect(user: NewUser): Promise<{ accountId: string; userId: string }>;
  startWorker(config?: Partial<WorkerConfig>): Promise<Awaited<ReturnType<typeof startWorker>>>;
  /** Looks now and after every publishing of events, until there is an answer. */
  until<T>(look: () => Promise<T | undefined>): Promise<T>;
  /** Resolves with the first event of the kind that `matches`, also when it was published before. */
  event<K extends EventKind>(
    kind: K,
    matches?: (payload: EventPayload<K>) => boolean,
  ): Promise<EventPayload<K>>;
  close(): Promise<void>;
};

export async function setStage({ scale = 1 } = {}): Promise<Stage> {
  const world = createWorldClock({ scale, epochMs: Date.now() });
  const clock = Object.assign(world, {
    realMsUntil: (moment: Date) =>
      Math.max(0, Math.ceil((moment.getTime() - world.now().getTime()) / world.scale)),
  });
  const [db, telegram] = await Promise.all([createTestDb(), startTelegram({ clock })]);
  const { workspaceId, operatorId } = await claimWorkspace(db.owner, {
    name: 'Test',
    owner: { telegramId: '1', firstName: 'Owner', language: 'en' },
    now: clock.now(),
  });
  const context = (): CommandContext => ({
    db: db.app,
    actor: { kind: 'operator', operatorId, role: 'owner' },
    workspaceId,
    now: clock.now(),
  });
  await acknowledgeCollected(context(), { text: 'I take responsibility' });
  const workers: { stop(): Promise<void> }[] = [];
  const until = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
    let wake = () => {};
    const unlisten = await listenForEvents(db.sql, () => wake());
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const found = await look();
      if (found !== undefined) {
        await unlisten();
        return found;
      }
      await woken;
    }
  };

  return {
    db,
    telegram,
    clock,
    workspaceId,
    context,
    async connect(fields) {
      const { profile, session, user } = await telegram.signUp(fields);
      const { accountId } = await connectAccount(context(), {
        profile,
        seal: (accountId) => sealSession(sessionKey, { workspaceId, accountId }, session),
      });
      return { accountId, userId: user.id };
    },
    async startWorker(config = {}) {
      const worker = await startWorker({
        databaseUrl: db.url,
        telegram: telegram.config,
        sessionKeys: fixedKeys(sessionKey),
        suppressionKey,
        clock,
        log: silentLog,
        leaseSeconds: 6,
        concurrency: 8,
        ...config,
      });
      workers.push(worker);
      return worker;
    },
    until,
    event: (kind, matches = () => true) =>
      until(async () => {
        const events = await listEvents(db.app, { afterPosition: 0, workspaceId, limit: 10_000 });
        const found = events.find((event) => event.kind === kind && matches(event.payload as never));
        return found?.payload as EventPayload<typeof kind> | undefined;
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await telegram.close();
      await db.close();
    },
  };
}
