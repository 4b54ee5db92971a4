import { once } from 'node:events';
import { eq, sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { LETTERS } from '#core/parsing/letters.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { parseTask, peerRef, person, sighting } from '#db/schema/index.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { type Stage, setStage } from './testing/stage.ts';
import { spawnWorker } from './testing/worker-process.ts';

/** `USHER_KILL_MEMBERS=100000 USHER_KILLS=50` makes it the long one. */
const MEMBERS = Number(process.env.USHER_KILL_MEMBERS ?? 5_000);
const KILLS = Number(process.env.USHER_KILLS ?? 6);
const LEASE_SECONDS = 4;
const PAGES = MEMBERS / 200;
/** Until the last kill the pages take their time, so that every kill falls into the parse. */
const PAGE_MS = Math.min(1_500, Math.ceil((KILLS * 5_000) / PAGES));
const LATEST_MS = 800;

let stage: Stage;
const ends: (() => void)[] = [];
afterAll(async () => {
  for (const end of ends) end();
  await stage.close();
});

async function startProcess() {
  const child = await spawnWorker(stage, LEASE_SECONDS);
  ends.push(() => child.kill('SIGKILL'));
  return child;
}

const pagesAsked = () =>
  stage.telegram.ledger
    .entries()
    .filter((line) => line.kind === 'rpc' && line.method === 'channels.getParticipants').length;

/** The dead use nothing any more: what they held is free at once, so that ten terms need not be waited out. */
async function endTerms(): Promise<void> {
  const { owner } = stage.db;
  await owner.execute(sql`update lease set until = clock_timestamp() where node_id is not null`);
  await owner.execute(sql`update work_claim set until = clock_timestamp()`);
  await owner.execute(sql`select pg_notify('usher_outbox', '')`);
}

/** A page more was asked for; only the ledger knows, so it is looked at again and again. */
async function anotherPage(): Promise<void> {
  const before = pagesAsked();
  while (pagesAsked() === before) await new Promise((resolve) => setTimeout(resolve, 5));
}

it(
  `a parse of ${MEMBERS} killed at ${KILLS} random moments comes to what it would have come to`,
  async () => {
    stage = await setStage({ scale: 10_000 });
    await stage.connect({ firstName: 'Reader' });
    const { world, faults } = stage.telegram;
    const nameOf = (n: number) => `${LETTERS[n % LETTERS.length]}${n}`;
    const members = Array.from({ length: MEMBERS }, (_, n) => addUser(world, { firstName: nameOf(n) }).id);
    addChat(world, { kind: 'supergroup', title: 'Crowd', username: 'crowd_here', members });
    const slow = faults.add({
      match: { method: 'channels.getParticipants' },
      action: { kind: 'delay', ms: PAGE_MS },
    });
    const { communityId } = await requestCommunity(stage.context(), { reference: '@crowd_here' });
    const { taskId } = await createParseTask(stage.context(), {
      communityId,
      source: 'members',
      speed: 'fast',
      priority: 'normal',
      wish: { searchesLetters: true },
    });

    const random = createRandom('kill');
    let kills = 0;
    let worker = await startProcess();
    const isOver = async () => {
      const [row] = await stage.db.owner.select({ status: parseTask.status }).from(parseTask);
      return row?.status === 'done';
    };
    while (kills < KILLS && !(await isOver())) {
      const heir = startProcess();
      await anotherPage();
      const next = await heir;
      await new Promise((resolve) => setTimeout(resolve, random.next() * LATEST_MS));
      const dead = once(worker, 'exit');
      worker.kill('SIGKILL');
      await dead;
      kills += 1;
      worker = next;
      await endTerms();
    }
    faults.remove(slow);
    const finished = await stage.event('parse_task.finished', (payload) => payload.taskId === taskId);

    expect(kills).toBe(KILLS);
    expect(finished.people).toBe(MEMBERS);
    const [task] = await stage.db.owner.select().from(parseTask).where(eq(parseTask.id, taskId));
    expect(task).toMatchObject({
      status: 'done',
      seenCount: MEMBERS,
      totalCount: MEMBERS,
      peopleCount: MEMBERS,
    });
    const rows = await stage.db.owner
      .select({ telegramId: person.telegramId, ordinal: sighting.ordinal, ref: peerRef.kind })
      .from(sighting)
      .innerJoin(person, eq(person.id, sighting.personId))
      .innerJoin(peerRef, eq(peerRef.personId, person.id));
    expect(new Set(rows.map((row) => row.telegramId))).toEqual(new Set(members));
    expect(rows).toHaveLength(MEMBERS);
    expect(rows.every((row) => row.ref === 'full')).toBe(true);
    const [{ repeated } = { repeated: -1 }] = await stage.db.owner.execute<{ repeated: number }>(sql`
    select count(*)::int - count(distinct telegram_id)::int as repeated from person`);
    expect(repeated).toBe(0);
    // A kill costs at most the page that was under way and the one being stored.
    if (MEMBERS <= 10_000) expect(pagesAsked()).toBeLessThanOrEqual(PAGES + 2 * KILLS);
  },
  60_000 + KILLS * 15_000 + MEMBERS * 5,
);
