import { EventEmitter, on, once } from 'node:events';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { getAccount } from '#db/queries/get-account.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import { openConnectPage } from '../testing/connect-page.ts';
import { type Stage, setStage } from '../testing/stage.ts';
import { spawnWorker } from '../testing/worker-process.ts';

let stage: Stage;
const logged = new EventEmitter();
const lines: object[] = [];
/** Every row of every table of every schema that is ours, as text. */
const readDatabase = async (): Promise<string> => {
  const tables = await stage.db.owner.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'usher_queue')`);
  const texts = await Promise.all(
    tables.map(({ name }) =>
      stage.db.owner.execute<{ text: string }>(sql.raw(`select row_to_json(t)::text as text from ${name} t`)),
    ),
  );
  return texts.flatMap((rows) => rows.map(({ text }) => text)).join('\n');
};
const ended = async (signInId: string): Promise<void> => {
  for await (const [fields] of on(logged, 'a sign-in ended')) if (fields.signInId === signInId) return;
};
beforeAll(async () => {
  stage = await setStage();
  const keep = (fields: object, message: string) => {
    lines.push({ ...fields, message });
    logged.emit(message, fields);
  };
  await stage.startWorker({ log: { debug: keep, info: keep, warn: keep, error: keep } });
});
afterAll(() => stage.close());

let phones = 0;
const newUser = (fields: Partial<NewUser> = {}) => {
  phones += 1;
  const phone = `7888${String(phones).padStart(7, '0')}`;
  return { ...addUser(stage.telegram.world, { firstName: 'Ann', phone, ...fields }), phone };
};
const codeOf = (phone: string) => stage.telegram.world.loginCode(phone) ?? '';
const scan = (link: string, userId: string) =>
  stage.telegram.loginTokens.accept(
    Buffer.from(new URL(link).searchParams.get('token') ?? '', 'base64url'),
    userId,
  );
describe('connecting by QR code', () => {
  it('goes from the scan to a connected account, at another data centre', async () => {
    const user = newUser({ firstName: 'Qi', username: 'qi_one', dcId: 4 });
    const page = await openConnectPage(stage);
    await page.start('qr');
    const shown = await page.reaches('scan');
    expect(shown.shownLeftMs).toBeGreaterThan(20_000);
    const token = new URL(page.linkOf(shown)).searchParams.get('token') ?? 'none';
    expect(`${await readDatabase()} ${JSON.stringify(lines)}`).not.toContain(token);
    scan(page.linkOf(shown), user.id);
    const done = await page.reaches('done');
    expect(done.account).toEqual({ firstName: 'Qi', username: 'qi_one', isNew: true });
    expect(done.shown).toBeNull();
  });

  it('asks for the password with its hint, again when it is wrong, and says that an account was known', async () => {
    const user = newUser({ firstName: 'Bo', password: { value: 'right', hint: 'usual' } });
    for (const isNew of [true, false]) {
      const page = await openConnectPage(stage);
      await page.start('qr');
      scan(page.linkOf(await page.reaches('scan')), user.id);
      const asked = await page.reaches('password');
      expect(asked).toMatchObject({ hint: 'usual', problem: null });
      await page.answer(asked, 'password', 'wrong');
      const again = await page.until(({ status, problem }) => status === 'password' && problem !== null);
      expect(again).toMatchObject({ hint: 'usual', problem: 'account.password_wrong' });
      await page.answer(again, 'password', 'right');
      expect((await page.reaches('done')).account?.isNew).toBe(isNew);
    }
  });

  it('ends when it is cancelled, and another tab or a new start takes its place', async () => {
    const page = await openConnectPage(stage);
    await page.start('qr');
    const first = await page.reaches('scan');
    await page.cancel(first);
    expect(await page.now()).toMatchObject({ status: 'cancelled', shown: null });
    await expect(page.cancel(first)).rejects.toMatchObject({ code: 'conflict' });
    await page.start('qr');
    await page.reaches('scan');
    await page.start('phone');
    expect((await page.reaches('phone')).method).toBe('phone');
  });
});

describe('connecting by phone', () => {
  it('corrects a number, a code and a password, and leaves nothing typed behind', async () => {
    const { phone } = newUser({ dcId: 4, password: { value: 'right-canary' } });
    const page = await openConnectPage(stage);
    await page.start('phone');
    await page.answer(await page.reaches('phone'), 'phone', '12');
    const again = await page.until(({ status, problem }) => status === 'phone' && problem !== null);
    expect(again.problem).toBe('account.number_invalid');
    await page.answer(again, 'phone', `+${phone}`);
    const asked = await page.reaches('code');
    await expect(page.answer(again, 'phone', phone)).rejects.toMatchObject({ code: 'conflict' });
    await page.answer(asked, 'code', '00000');
    const corrected = await page.until(({ status, problem }) => status === 'code' && problem !== null);
    expect(corrected.problem).toBe('account.code_wrong');
    const code = codeOf(phone);
    await page.answer(corrected, 'code', code);
    await page.answer(await page.reaches('password'), 'password', 'right-canary');
    const done = await page.reaches('done');
    const everything = `${await readDatabase()} ${JSON.stringify(lines)}`;
    for (const secret of [phone, `"${code}"`, 'right-canary']) expect(everything).not.toContain(secret);
    const connected = await stage.db.owner.execute<{ id: string }>(
      sql`select account_id as id from sign_in where id = ${done.signInId}`,
    );
    const account = await getAccount(stage.context(), { accountId: connected[0]!.id });
    expect(account.status).toBe('active');
  });

  it('says that a code has expired', async () => {
    const { phone } = newUser();
    const page = await openConnectPage(stage);
    await page.start('phone');
    await page.answer(await page.reaches('phone'), 'phone', phone);
    const asked = await page.reaches('code');
    stage.telegram.faults.add({
      match: { method: 'auth.signIn', times: 1 },
      action: { kind: 'rpcError', text: 'PHONE_CODE_EXPIRED' },
    });
    await page.answer(asked, 'code', codeOf(phone));
    expect((await page.reaches('refused')).problem).toBe('account.code_expired');
  });

  it.each([
    ['a banned number', { restriction: 'banned' } as const, 'account.number_banned'],
    ['a number without an account', undefined, 'account.number_unregistered'],
  ])('refuses %s', async (_name, fields, problem) => {
    const phone = fields ? newUser(fields).phone : '78880009999';
    const users = [...stage.telegram.world.listUsers()].length;
    const page = await openConnectPage(stage);
    await page.start('phone');
    await page.answer(await page.reaches('phone'), 'phone', phone);
    const next = await page.reaches('code', 'refused');
    if (next.status === 'code') await page.answer(next, 'code', codeOf(phone));
    expect((await page.reaches('refused')).problem).toBe(problem);
    expect([...stage.telegram.world.listUsers()]).toHaveLength(users);
  });

  it('tells the wait when Telegram gives out no more codes', async () => {
    const { phone } = newUser();
    const page = await openConnectPage(stage);
    const ask = async () => {
      await page.start('phone');
      await page.answer(await page.reaches('phone'), 'phone', phone);
      return page.reaches('code', 'refused');
    };
    let last = await ask();
    while (last.status === 'code') last = await ask();
    expect(last).toMatchObject({ status: 'refused', problem: 'account.flood' });
    expect(last.waitSeconds).toBeGreaterThan(80_000);
  });

  it('takes the tries of a code for what they are worth', async () => {
    const { phone } = newUser();
    const page = await openConnectPage(stage);
    await page.start('phone');
    await page.answer(await page.reaches('phone'), 'phone', phone);
    let sequence = -1;
    for (;;) {
      const next = await page.until(
        ({ status, ...now }) => status === 'refused' || (status === 'code' && now.sequence > sequence),
      );
      if (next.status === 'refused') break;
      sequence = next.sequence;
      await page.answer(next, 'code', '00000');
    }
    expect((await page.now())?.problem).toBe('account.code_wrong');
  });
});

/** Counts what Telegram has open in somebody's name. */
const watchSessions = (userId: string) => {
  const open = { count: 0 };
  const first = new Promise<void>((resolve) => {
    stage.telegram.world.on((event) => {
      if (!('user' in event) || event.user !== userId) return;
      if (event.kind === 'signed_in') open.count += 1;
      if (event.kind === 'signed_out') open.count -= 1;
      if (open.count > 0) resolve();
    });
  });
  return { open, first };
};

it('connects an account that another workspace has too, and says nothing of that', async () => {
  const user = newUser();
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
    scan(page.linkOf(await page.reaches('scan')), user.id);
    expect((await page.reaches('done')).account?.isNew).toBe(true);
  }
});

it('connects nothing for an operator who may no more, and ends the session it was given', async () => {
  const user = newUser();
  const sessions = watchSessions(user.id);
  const page = await openConnectPage(stage);
  await page.start('qr');
  const shown = await page.reaches('scan');
  const { workspaceId } = stage;
  const become = (role: string) =>
    stage.db.owner.execute(sql`update member set role = ${role}::role where workspace_id = ${workspaceId}`);
  await become('operator');
  scan(page.linkOf(shown), user.id);
  expect((await page.reaches('refused')).problem).toBe('forbidden');
  expect(sessions.open.count).toBe(0);
  await become('owner');
});

it('leaves no session at Telegram when the cancelling meets its answer', async () => {
  const user = newUser();
  const sessions = watchSessions(user.id);
  const page = await openConnectPage(stage);
  await page.start('qr');
  const shown = await page.reaches('scan');
  stage.telegram.faults.add({
    match: { method: 'auth.exportLoginToken', times: 1 },
    action: { kind: 'noReply' },
  });
  scan(page.linkOf(shown), user.id);
  await sessions.first;
  const end = ended(shown.signInId);
  await page.cancel(shown);
  await end;
  expect((await page.now())?.status).toBe('cancelled');
  expect(sessions.open.count).toBe(0);
});

it('connects fifty accounts at once without losing one', async () => {
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const user = newUser();
      const page = await openConnectPage(stage);
      await page.start('qr');
      scan(page.linkOf(await page.reaches('scan')), user.id);
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
    const { apiHash: _, ...telegram } = own.telegram.config;
    const time = { scale: own.clock.scale, epochMs: own.clock.epochMs };
    const worker = await spawnWorker({ databaseUrl: own.db.url, telegram, time, leaseSeconds: 6 });
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
    $$ begin new.expires_at = clock_timestamp() + interval '300 milliseconds'; return new; end $$`);
  await stage.db.owner.execute(
    sql`create trigger soon before insert on sign_in for each row execute function soon()`,
  );
  await page.start('qr');
  await stage.db.owner.execute(sql`drop trigger soon on sign_in`);
  expect((await page.reaches('expired')).shown).toBeNull();
});
