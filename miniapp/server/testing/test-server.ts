import { randomInt } from 'node:crypto';
import { isIP } from 'node:net';
import { sign } from '@tma.js/init-data-node';
import type { Clock } from '#core/clock.ts';
import type { Role } from '#core/roles.ts';
import { Secret } from '#core/secret.ts';
import type { Language } from '#core/statuses.ts';
import { addMember } from '#db/commands/add-member.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { lastPosition, listEvents, listenForEvents } from '#db/events.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { listenForSignIns } from '#db/sign-ins.ts';
import { createTestDb } from '#db/testing/test-db.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import type { Problem } from '#miniapp/contract/problem.ts';
import { createApp } from '../app.ts';
import { createSessions } from '../auth/sessions.ts';
import { createConnectLimits } from '../connect/limits.ts';
import { CALLS_A_MINUTE, createRateLimits } from '../http/limit-calls.ts';
import { createEventHub } from '../live/event-hub.ts';
import { createPageHub } from '../live/page-hub.ts';

/** What stands in for the names of the internet. */
const HOSTS: Record<string, string[]> = {
  'hooks.example.org': ['93.184.215.14', '2606:2800:21f:cb07::1'],
  'inside.example.org': ['10.0.0.7'],
  'half-inside.example.org': ['93.184.215.14', '::1'],
};

export const BOT_TOKEN = '4242:a-token-that-only-tests-know-of-000000';

/** Init data as Telegram would sign it, by a library that is not ours. */
export const signLaunch = (telegramId: string, authDate: Date, token = BOT_TOKEN): string =>
  sign(
    { query_id: `q${randomInt(1e9)}`, user: { id: Number(telegramId), first_name: 'Ada + "Lovelace"' } },
    token,
    authDate,
  );

export type TestServer = Awaited<ReturnType<typeof createTestServer>>;

/** The app on a database of its own, spoken to without a socket. `real` and `business` are its two clocks. */
export const createTestServer = async (more: Partial<Record<keyof typeof CALLS_A_MINUTE, number>> = {}) => {
  const limits = { ...CALLS_A_MINUTE, ...more };
  const db = await createTestDb();
  const real = { now: new Date() };
  const business = { now: new Date('2026-03-01T12:00:00.000Z') };
  const clock: Clock = {
    now: () => business.now,
    realMsUntil: (moment) => Math.max(0, moment.getTime() - business.now.getTime()),
  };
  const logged: { fields: object; message: string }[] = [];
  const log = (fields: object, message: string) => void logged.push({ fields, message });
  const createHub = () =>
    createEventHub({
      readHead: () => lastPosition(db.app),
      listEvents: (query) => listEvents(db.app, query),
      onFailure: (error) => log({ error }, 'events'),
    });
  const hub = await createHub();
  const stopListening = await listenForEvents(db.sql, hub.wake);
  const pageHub = createPageHub();
  const stopListeningForSignIns = await listenForSignIns(db.sql, pageHub.hear);
  const realNow = () => real.now;
  const app = createApp({
    db: db.app,
    clock,
    timeScale: 3600,
    realNow,
    botToken: new Secret(BOT_TOKEN),
    sessions: createSessions({ db: db.app, realNow }),
    limits: createRateLimits(limits),
    hashPerson: createHashPerson(Buffer.alloc(32, 6)),
    webhookSeal: createWebhookSeal(Buffer.alloc(32, 6)),
    resolveHost: async (host) => HOSTS[host] ?? (isIP(host) ? [host] : []),
    botUsername: async () => 'usher_bot',
    connectLimits: createConnectLimits(),
    hub,
    pageHub,
    heartbeatMs: 20,
    log: { info: log, warn: log, error: log },
    web: undefined,
    hostOrigin: 'http://127.0.0.1:9999',
  });

  const request = (path: string, init: RequestInit = {}, address = '203.0.113.1'): Promise<Response> =>
    Promise.resolve(app.request(path, init, { incoming: { socket: { remoteAddress: address } } }));
  const as = (token: string, init: RequestInit = {}): RequestInit => ({
    ...init,
    headers: { ...init.headers, authorization: `Bearer ${token}` },
  });
  const signIn = async (telegramId: string, body: object = {}): Promise<string> => {
    const response = await request(
      '/api/v1/sign-in',
      {
        method: 'POST',
        headers: {
          authorization: `tma ${signLaunch(telegramId, real.now)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      },
      `198.51.100.${randomInt(1e9)}`,
    );
    if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
    return ((await response.json()) as { token: string }).token;
  };

  return {
    db,
    app,
    pageHub,
    /** One more reader of events, as after a restart; the caller stops it. */
    createHub,
    real,
    business,
    logged,
    request,
    as,
    signIn,
    /** A workspace with its owner, and how to add more people to it. */
    async claim(name: string, language: Language = 'en') {
      const telegramId = String(randomInt(1e6, 2e9));
      const { workspaceId, operatorId } = await claimWorkspace(db.owner, {
        name,
        owner: { telegramId, firstName: 'Ada', language },
        now: business.now,
      });
      const add = async (role: Role): Promise<string> => {
        const added = String(randomInt(1e6, 2e9));
        await addMember(
          { db: db.app, actor: { kind: 'system', part: 'test' }, workspaceId, now: business.now },
          { telegramId: added, firstName: 'Bob', language, role },
        );
        return added;
      };
      return { workspaceId, operatorId, telegramId, add };
    },
    async close() {
      await hub.stop();
      pageHub.stop();
      await Promise.all([stopListening(), stopListeningForSignIns()]);
      await db.close();
    },
  };
};

/** The problem document of a refused request, with its status beside it. */
export const problemOf = async (response: Response): Promise<Problem> => {
  const type = response.headers.get('content-type');
  if (type !== 'application/problem+json') throw new Error(`${response.status} is ${type}, not a problem`);
  return (await response.json()) as Problem;
};
