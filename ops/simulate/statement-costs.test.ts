import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUR_MS, later } from '#core/duration.ts';
import { reserveAttempt } from '#db/commands/reserve-attempt.ts';
import { reviewJoin } from '#db/commands/review-join.ts';
import { settleAttempt } from '#db/commands/settle-attempt.ts';
import { type Connection, createDb } from '#db/connect.ts';
import { lookForWork, releaseWork } from '#db/dispatch.ts';
import { publishEvents } from '#db/events.ts';
import { releaseLease, renewLeases } from '#db/leases.ts';
import { beatNode, findLostNodes, helloNode } from '#db/nodes.ts';
import { findSealedSession } from '#db/queries/find-sealed-session.ts';
import { listDueReviews } from '#db/queries/list-due-reviews.ts';
import {
  createAccount,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  seenPerson,
} from '#db/testing/factories.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { type CountedServer, countStatements } from '../testing/count-statements.ts';
import { STATEMENTS } from './statement-costs.ts';

let db: TestDb;
let server: CountedServer;
let worker: Connection;
let home: Home;
let held: HeldAccount;

beforeAll(async () => {
  db = await createTestDb();
  server = await countStatements(db.url);
  worker = createDb(server.url, { role: 'usher_worker', max: 1 });
  home = await createHome(db);
  held = await createAccount(home);
  const people = Array.from({ length: 100 }, () => seenPerson());
  await createRunningCampaign(home, [{ account: held, people }]);
  await db.owner.execute(sql`update community_access set check_at = null`);
});
afterAll(async () => {
  await worker.close();
  await server.close();
  await db.close();
});

const count = async (work: () => Promise<unknown>): Promise<number> => {
  await work();
  const { statements } = server.traffic();
  server.reset();
  return statements;
};
const at = (now: Date) => ({ ...home.at(now).worker, db: worker.db });
const reserve = (now: Date) =>
  reserveAttempt(at(now), { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
const job = () => ({
  name: 'send-invite' as const,
  payload: { workspaceId: home.workspaceId, accountId: held.accountId },
});

it('sends as many statements as the simulation counts', async () => {
  const { nodeId } = held;
  const hello = { runId: nodeId, hardwareId: 'one', hostname: 'one', pid: 1, version: '0', capacity: 64 };
  await helloNode({ db: worker.db, now: noon }, { ...hello, leaseSeconds: 30 }, () => true);
  await worker.db.execute(sql`select 1`);
  server.reset();
  const look = () =>
    lookForWork(worker.db, { nodeId, now: noon, limit: 128, newAccounts: 128, termSeconds: 30 });
  const told = {
    look: await count(look),
    reserve: 0,
    settle: 0,
    rest: 0,
    release: 0,
    renew: 0,
    heartbeat: 0,
    relay: 0,
    connect: 0,
    disconnect: 0,
    review: 0,
  };
  let attemptId = '';
  told.reserve = await count(async () => {
    const reserved = await reserve(noon);
    if (reserved.kind !== 'attempt') throw new Error(`reserved: ${reserved.kind}`);
    attemptId = reserved.attemptId;
  });
  const ctx = at(later(noon, 1000));
  const { leaseToken, accountId } = held;
  told.settle = await count(() =>
    settleAttempt(ctx, {
      attemptId,
      accountId,
      leaseToken,
      outcome: { kind: 'joined' },
      roll: 0,
      hashPerson,
    }),
  );
  told.release = await count(() => releaseWork(worker.db, job()));
  told.rest = await count(() => reserve(later(noon, 2000)));
  told.renew = await count(() => renewLeases(worker.db, { nodeId, termSeconds: 30 }));
  told.heartbeat = (await count(() => beatNode(ctx, nodeId))) + (await count(() => findLostNodes(ctx)));
  told.relay = await count(() => publishEvents(worker.db));
  told.connect = await count(() =>
    findSealedSession({ db: worker.db, workspaceId: home.workspaceId }, accountId),
  );
  const nextDay = later(noon, 25 * HOUR_MS);
  told.review =
    (await count(() =>
      listDueReviews({ db: worker.db, workspaceId: home.workspaceId }, { accountId, now: nextDay }),
    )) +
    (await count(() =>
      reviewJoin(at(nextDay), { attemptId, accountId, leaseToken, membership: 'member', hashPerson }),
    )) +
    told.release;
  told.disconnect = await count(() =>
    releaseLease(worker.db, { accountId, nodeId: randomUUID(), token: leaseToken }),
  );
  expect(told).toEqual(STATEMENTS);
});
