import { EventEmitter, on, once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { openConnectPage } from '../testing/connect-page.ts';
import { createOwners } from '../testing/owners.ts';
import { silentLog } from '../testing/silent-log.ts';
import { type Stage, setStage } from '../testing/stage.ts';
import { spawnWorker } from '../testing/worker-process.ts';

let stage: Stage;
let owners: ReturnType<typeof createOwners>;
const logged = new EventEmitter();
const ended = async (signInId: string): Promise<void> => {
  for await (const [fields] of on(logged, 'a sign-in ended')) if (fields.signInId === signInId) return;
};
beforeAll(async () => {
  stage = await setStage();
  owners = createOwners(stage);
  await stage.startWorker({
    log: { ...silentLog, info: (fields, message) => void logged.emit(message, fields) },
  });
});
afterAll(() => stage.close());

it('connects an account that another workspace has too, and says nothing of that', async () => {
  const user = owners.add();
  const now = stage.clock.now();
  const other = await claimWorkspace(stage.db.owner, {
    name: 'Other',
    owner: { telegramId: '2', firstName: 'Otto', language: 'en' },
    now,
  });
  const { workspaceId, operatorId } = other;
  const context = () => ({
    ...stage.context(),
    workspaceId,
    actor: { kind: 'operator' as const, operatorId, role: 'owner' as const },
  });
  for (const home of [stage, { ...stage, workspaceId, context }]) {
    const page = await openConnectPage(home);
    await page.start('qr');
    owners.scan(page.linkOf(await page.reaches('scan')), user.id);
    expect((await page.reaches('done')).account?.isNew).toBe(true);
  }
});

it('connects nothing for an operator who may no more, and ends the session it was given', async () => {
  const user = owners.add();
  const sessions = owners.watchSessions(user.id);
  const page = await openConnectPage(stage);
  await page.start('qr');
  const shown = await page.reaches('scan');
  const { workspaceId } = stage;
  const become = (role: string) =>
    stage.db.owner.execute(sql`update member set role = ${role}::role where workspace_id = ${workspaceId}`);
  await become('operator');
  owners.scan(page.linkOf(shown), user.id);
  expect((await page.reaches('refused')).problem).toBe('forbidden');
  expect(sessions.open.count).toBe(0);
  await become('owner');
});

it('leaves no session at Telegram when the cancelling meets its answer', async () => {
  const user = owners.add();
  const sessions = owners.watchSessions(user.id);
  const page = await openConnectPage(stage);
  await page.start('qr');
  const shown = await page.reaches('scan');
  stage.telegram.faults.add({
    match: { method: 'auth.exportLoginToken', times: 1 },
    action: { kind: 'noReply' },
  });
  owners.scan(page.linkOf(shown), user.id);
  await sessions.first;
  const end = ended(shown.signInId);
  await page.cancel(shown);
  await end;
  expect((await page.now())?.status).toBe('cancelled');
  expect(sessions.open.count).toBe(0);
});

it('leaves no session at Telegram when its answer is lost', async () => {
  const { id, phone } = owners.add();
  const sessions = owners.watchSessions(id);
  const page = await openConnectPage(stage);
  await page.start('phone');
  await page.answer(await page.reaches('phone'), 'phone', phone);
  const asked = await page.reaches('code');
  stage.telegram.faults.add({
    match: { method: 'auth.signIn', times: 1 },
    action: { kind: 'dropAfterEffect' },
  });
  await page.answer(asked, 'code', owners.codeOf(phone));
  await sessions.first;
  expect((await page.reaches('refused')).problem).toBe('account.sign_in_failed');
  expect(sessions.open.count).toBe(0);
});

it('connects fifty accounts at once without losing one', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const user = owners.add();
      const page = await openConnectPage(stage);
      await page.start('qr');
      owners.scan(page.linkOf(await page.reaches('scan')), user.id);
      return (await page.reaches('done', 'refused', 'lost', 'expired')).status;
    }),
  );
  expect(statuses).toEqual(Array.from({ length: 50 }, () => 'done'));
});

describe('a sign-in whose worker', () => {
  it('stops in order is lost at once, and says so', async () => {
    const own = await setStage();
    const worker = await own.startWorker();
    const page = await openConnectPage(own);
    await page.start('qr');
    await page.reaches('scan');
    await worker.stop();
    expect(await page.now()).toMatchObject({ status: 'lost', shown: null });
    await own.close();
  });

  it('is killed is lost after its term of silence, and another worker takes the next', async () => {
    const own = await setStage();
    const worker = await spawnWorker(own, 6);
    const page = await openConnectPage(own);
    await page.start('qr');
    await page.reaches('scan');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await own.db.owner.execute(sql`update node set seen_at = seen_at - interval '1 minute'`);
    expect((await page.now())?.status).toBe('lost');
    await own.startWorker();
    await page.start('phone');
    await page.reaches('phone');
    await own.close();
  });
});

it('whose time is over has expired', async () => {
  const page = await openConnectPage(stage);
  await stage.db.owner.execute(sql`
    create function soon() returns trigger language plpgsql as
    $$ begin new.expires_at = clock_timestamp() + interval '3 seconds'; return new; end $$`);
  await stage.db.owner.execute(
    sql`create trigger soon before insert on sign_in for each row execute function soon()`,
  );
  await page.start('qr');
  await stage.db.owner.execute(sql`drop trigger soon on sign_in`);
  expect((await page.reaches('expired')).shown).toBeNull();
});
