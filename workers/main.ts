import { randomUUID } from 'node:crypto';
import type { Clock } from '#core/clock.ts';
import type { KeySource } from '#core/session-keys.ts';
import { sealAudit } from '#db/audit-chain.ts';
import { createDb } from '#db/connect.ts';
import { listenForOutbox, publishEvents } from '#db/events.ts';
import { tellOfKeys } from '#db/key-news.ts';
import { releaseLease, renewLeases } from '#db/leases.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { listenForSignIns } from '#db/sign-ins.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import { jobs } from './jobs/jobs.ts';
import {
  checkTelegramConfig,
  DEFAULT_CALL_DEADLINE_MS,
  DEFAULT_CONNECT_DEADLINE_MS,
  DEFAULT_LIBRARY,
  type TelegramConfig,
} from './mtproto/config.ts';
import { loadLibrary } from './mtproto/library.ts';
import { connectUserSession } from './mtproto/session.ts';
import { createConnectionLimit } from './runtime/connection-limit.ts';
import type { JobDeps } from './runtime/define-job.ts';
import { createDispatcher } from './runtime/dispatcher.ts';
import { createExecute } from './runtime/execute.ts';
import { createFairShare } from './runtime/fair-share.ts';
import { joinFleet } from './runtime/fleet.ts';
import { setFree, startIdleSweep } from './runtime/idle-sweep.ts';
import { createLanes } from './runtime/lanes.ts';
import { createLeases } from './runtime/leases.ts';
import { describeError, type Log } from './runtime/log.ts';
import { openQueue } from './runtime/queue.ts';
import { startRelay } from './runtime/relay.ts';
import { startSealer } from './runtime/sealer.ts';
import { createSessionOpener } from './runtime/session-opener.ts';
import { createSessions, type OpenAccount } from './runtime/sessions.ts';
import { createSignIns } from './sign-in/sign-ins.ts';
import { startDeliverer } from './webhooks/deliverer.ts';

export { importRows } from './jobs/read-file.ts';
export type { OfflineTelegram, TelegramConfig } from './mtproto/config.ts';
export { type ConnectUserSession, connectUserSession } from './mtproto/session.ts';
export type { AskPassword, SignedIn } from './mtproto/sign-in.ts';
export { type PhoneSignIn, signInByPhone } from './mtproto/sign-in-by-phone.ts';
export { type QrSignIn, signInByQr } from './mtproto/sign-in-by-qr.ts';

export type WorkerConfig = {
  databaseUrl: string;
  /** Undefined keeps the queue in Postgres. */
  redisUrl?: string | undefined;
  telegram: TelegramConfig;
  /** Open the sealed sessions. */
  sessionKeys: KeySource;
  /** Keyed hashes of suppressed people; what seals the secrets of webhooks is derived from it. */
  suppressionKey: Buffer;
  /** Whose limit policies are trusted. */
  policyKeys?: readonly Buffer[];
  /** Anchored to the database's clock, where it can be. */
  clock: Clock & { anchor?(earliestMs: number, latestMs: number): void };
  log: Log;
  random?: () => number;
  /** Real seconds; at least `SHORTEST_LEASE_SECONDS`. */
  leaseSeconds?: number;
  /** Jobs at once in this process. */
  concurrency?: number;
  /** Real milliseconds after which an unused connection is closed and its account set free. */
  idleMs?: number;
  /** Sockets at once in this process, at least twice its jobs: above it the longest unused are closed. */
  maxConnections?: number;
  machine?: { hardwareId: string; hostname: string };
  version?: string;
};

/** Below this a paused process could still hold a socket when its lease is taken; see `silenceSeconds`. */
export const SHORTEST_LEASE_SECONDS = 4;
/**
 * No connect lasts longer than this part of a lease's term, and Telegram closes a socket that is silent for as long:
 * what began before the lease was given up is over before anybody else may connect.
 */
const SOCKET_PART = 0.3;

const DEFAULTS = {
  leaseSeconds: 30,
  concurrency: 64,
  idleMs: 15 * 60_000,
  maxConnections: 1000,
  machine: { hardwareId: 'unnamed', hostname: 'worker' },
  version: '0',
  policyKeys: [],
  random: Math.random,
};

/**
 * Starts a worker: it finds due work in Postgres, holds the leases and connections of the accounts it works for, and
 * publishes events. Resolves when it is at work; throws what kept it from starting, with nothing left open. `stop`
 * takes no new work, finishes what is under way, disconnects, sets the accounts free and closes.
 */
export async function startWorker(given: WorkerConfig): Promise<{ nodeId: string; stop(): Promise<void> }> {
  const config = { ...DEFAULTS, ...given };
  const { log, clock, leaseSeconds } = config;
  if (leaseSeconds < SHORTEST_LEASE_SECONDS)
    throw new Error(`a lease lasts at least ${SHORTEST_LEASE_SECONDS} s`);
  checkTelegramConfig(config.telegram);
  await loadLibrary(config.telegram.library ?? DEFAULT_LIBRARY);

  const nodeId = randomUUID();
  const closers: (() => unknown)[] = [];
  /** Ends last what began first, and goes on when one part fails. */
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) {
      try {
        await close();
      } catch (thrown) {
        log.warn(describeError(thrown), 'a part did not stop in order');
      }
    }
  };
  try {
    return await open();
  } catch (thrown) {
    await closeAll();
    throw thrown;
  }

  async function open() {
    const { db, sql, close } = createDb(config.databaseUrl, {
      role: 'usher_worker',
      policyKeys: config.policyKeys,
    });
    closers.push(close);
    const node = await joinFleet(
      { db, clock, log },
      {
        runId: nodeId,
        ...config.machine,
        version: config.version,
        capacity: config.concurrency,
        leaseSeconds,
      },
    );
    closers.push(node.leave);

    const relay = startRelay(() => publishEvents(db), log);
    closers.push(() => publishEvents(db), relay.stop);
    const sealer = startSealer(() => sealAudit(db), log);
    closers.push(() => sealAudit(db), sealer.stop);
    const deliverer = startDeliverer({
      db,
      clock,
      log,
      random: config.random,
      seal: createWebhookSeal(config.suppressionKey),
    });
    closers.push(deliverer.stop);
    let isStopping = false;
    const lanes = createLanes();
    const leases = createLeases(
      {
        renew: () => renewLeases(db, { nodeId, termSeconds: leaseSeconds }),
        release: (accountId, token) => releaseLease(db, { accountId, nodeId, token }),
      },
      { termSeconds: leaseSeconds, log, onLost: (accountId) => void sessions.close(accountId) },
    );
    closers.push(leases.stop);
    const connect = connectUserSession(
      {
        ...config.telegram,
        silenceSeconds: Math.floor(leaseSeconds * SOCKET_PART),
        connectDeadlineMs: Math.min(
          config.telegram.connectDeadlineMs ?? DEFAULT_CONNECT_DEADLINE_MS,
          leaseSeconds * 1000 * SOCKET_PART,
        ),
      },
      clock.now,
    );
    const openSession = createSessionOpener(db, config.sessionKeys, async (away) => {
      log.warn({ away }, away ? 'the session keys cannot be read' : 'the session keys are back');
      await tellOfKeys({ db, now: clock.now() }, away);
      relay.nudge();
    });
    closers.push(config.sessionKeys.close);
    const openAccount: OpenAccount = async ({ workspaceId, accountId }, onEnd) => {
      const mayCall = () => leases.tokenOf(accountId) !== undefined;
      await mayConnect(accountId);
      const session = await openSession({ workspaceId, accountId });
      if (!mayCall()) return { ok: false, failure: { kind: 'disconnected', error: 'LEASE_LOST' } };
      return session.ok ? connect(session.value, { onEnd, mayCall }) : session;
    };
    const sessions = createSessions(openAccount, (accountId, end) =>
      log.info({ accountId, ...end }, 'a session ended'),
    );
    const mayConnect = createConnectionLimit(
      { leases, lanes, sessions },
      Math.max(config.maxConnections, 2 * config.concurrency),
    );
    closers.push(() =>
      Promise.all(leases.held().map(({ accountId }) => setFree({ leases, sessions }, accountId))),
    );
    closers.push(startIdleSweep({ leases, lanes, sessions }, config.idleMs));

    const { telegram, sessionKeys } = config;
    const signIns = createSignIns({
      db,
      clock,
      log,
      telegram,
      sessionKeys,
      runId: nodeId,
      tell: relay.nudge,
    });
    closers.push(await listenForSignIns(sql, signIns.hear), signIns.stop);
    const jobDeps: JobDeps = {
      db,
      clock,
      log,
      random: config.random,
      hashPerson: createHashPerson(config.suppressionKey),
      callDeadlineMs: config.telegram.callDeadlineMs ?? DEFAULT_CALL_DEADLINE_MS,
      beginSignIn: signIns.begin,
      tell: relay.nudge,
    };
    const fairShare = createFairShare({ leases, lanes, sessions }, node.share);
    const dispatcher = createDispatcher({
      db,
      nodeId,
      fairShare,
      clock,
      leases,
      log,
      termSeconds: leaseSeconds,
      places: config.concurrency,
      execute: createExecute(
        { jobs, nodeId, leases, lanes, sessions, isStopping: () => isStopping },
        jobDeps,
      ),
    });
    const queue = await openQueue(
      {
        databaseUrl: config.databaseUrl,
        name: `usher-${nodeId}`,
        concurrency: config.concurrency,
        ...(config.redisUrl && { redisUrl: config.redisUrl }),
      },
      dispatcher.run,
      log,
    );
    closers.push(queue.close, dispatcher.handBackAll, queue.stop);
    dispatcher.start(queue);
    closers.push(dispatcher.stop);
    closers.push(
      await listenForOutbox(sql, () => {
        relay.nudge();
        dispatcher.nudge();
      }),
    );
    node.begin(fairShare.set);
    closers.push(node.drain, () => {
      isStopping = true;
    });
    log.info({ nodeId, node: node.name }, 'the worker is at work');
    return { nodeId, stop: closeAll };
  }
}
