import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAccount } from '#db/queries/get-account.ts';
import { openConnectPage } from '../testing/connect-page.ts';
import { createOwners } from '../testing/owners.ts';
import { type Stage, setStage } from '../testing/stage.ts';

let stage: Stage;
let owners: ReturnType<typeof createOwners>;
const lines: object[] = [];
beforeAll(async () => {
  stage = await setStage();
  owners = createOwners(stage);
  const keep = (fields: object, message: string) => void lines.push({ ...fields, message });
  await stage.startWorker({ log: { debug: keep, info: keep, warn: keep, error: keep } });
});
afterAll(() => stage.close());

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

describe('connecting by QR code', () => {
  it('goes from the scan to a connected account, at another data centre', async () => {
    const user = owners.add({ firstName: 'Qi', username: 'qi_one', dcId: 4 });
    const page = await openConnectPage(stage);
    await page.start('qr');
    const shown = await page.reaches('scan');
    expect(shown.shownLeftMs).toBeGreaterThan(20_000);
    const token = new URL(page.linkOf(shown)).searchParams.get('token') ?? 'none';
    expect(`${await readDatabase()} ${JSON.stringify(lines)}`).not.toContain(token);
    owners.scan(page.linkOf(shown), user.id);
    const done = await page.reaches('done');
    expect(done.account).toEqual({ firstName: 'Qi', username: 'qi_one', isNew: true });
    expect(done.shown).toBeNull();
  });

  it('asks for the password with its hint, again when it is wrong, and says that an account was known', async () => {
    const user = owners.add({ firstName: 'Bo', password: { value: 'right', hint: 'usual' } });
    for (const isNew of [true, false]) {
      const page = await openConnectPage(stage);
      await page.start('qr');
      owners.scan(page.linkOf(await page.reaches('scan')), user.id);
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
    const { phone } = owners.add({ dcId: 4, password: { value: 'right-canary' } });
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
    const code = owners.codeOf(phone);
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
    const { phone } = owners.add();
    const page = await openConnectPage(stage);
    await page.start('phone');
    await page.answer(await page.reaches('phone'), 'phone', phone);
    const asked = await page.reaches('code');
    stage.telegram.faults.add({
      match: { method: 'auth.signIn', times: 1 },
      action: { kind: 'rpcError', text: 'PHONE_CODE_EXPIRED' },
    });
    await page.answer(asked, 'code', owners.codeOf(phone));
    expect((await page.reaches('refused')).problem).toBe('account.code_expired');
  });

  it.each([
    ['a banned number', { restriction: 'banned' } as const, 'account.number_banned'],
    ['a number without an account', undefined, 'account.number_unregistered'],
  ])('refuses %s', async (_name, fields, problem) => {
    const phone = fields ? owners.add(fields).phone : '78880009999';
    const users = [...stage.telegram.world.listUsers()].length;
    const page = await openConnectPage(stage);
    await page.start('phone');
    await page.answer(await page.reaches('phone'), 'phone', phone);
    const next = await page.reaches('code', 'refused');
    if (next.status === 'code') await page.answer(next, 'code', owners.codeOf(phone));
    expect((await page.reaches('refused')).problem).toBe(problem);
    expect([...stage.telegram.world.listUsers()]).toHaveLength(users);
  });

  it('tells the wait when Telegram gives out no more codes', async () => {
    const { phone } = owners.add();
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
    const { phone } = owners.add();
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
