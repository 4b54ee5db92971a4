import { Api, type TelegramClient } from 'telegram';
import { Raw } from 'telegram/events/index.js';
import { describe, expect, test } from 'vitest';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { restrictUser } from '#sandbox/world/commands/restrict-user.ts';
import { checkPassword, refusal, sendCode, setUpTelegram, signInByCode } from './testing/fixture.ts';

const fixture = setUpTelegram();

const whoAmI = async (client: TelegramClient) => {
  const [self] = await client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
  return self instanceof Api.User ? self : undefined;
};

const signIn = (client: TelegramClient, phoneNumber: string, phoneCodeHash: string, phoneCode: string) =>
  client.invoke(new Api.auth.SignIn({ phoneNumber, phoneCodeHash, phoneCode }));

describe('by phone and code', () => {
  test('a test number gets the digit of its data centre five times, and its owner sees their own phone', async () => {
    const { client, user } = await fixture.newAccount({ firstName: 'Iris' });
    const self = await whoAmI(client);
    expect(self).toMatchObject({ self: true, firstName: 'Iris', phone: user.phone });
    expect(String(self?.id)).toBe(user.id);
  });

  test('any other number gets a code that the world tells', async () => {
    const { world } = fixture.telegram;
    const user = addUser(world, { firstName: 'Ann', phone: '447700900123' });
    const client = await fixture.connect();
    const { phoneCodeHash } = await sendCode(client, '+44 7700 900123');
    const code = world.loginCode('447700900123') ?? '';
    expect(code).toMatch(/^\d{5}$/);
    await signIn(client, '447700900123', phoneCodeHash, code);
    expect(String((await whoAmI(client))?.id)).toBe(user.id);
    expect(world.loginCode('447700900123')).toBeUndefined();
  });

  test('a wrong, an empty and an outdated code are told apart, and five wrong ones end it', async () => {
    const phone = '9996620101';
    addUser(fixture.telegram.world, { firstName: 'Ann', phone });
    const client = await fixture.connect();
    const { phoneCodeHash } = await sendCode(client, phone);
    const answer = (code: string, hash = phoneCodeHash) => refusal(signIn(client, phone, hash, code));
    expect(await answer('')).toBe('PHONE_CODE_EMPTY');
    expect(await answer('22222', 'another')).toBe('PHONE_CODE_EXPIRED');
    for (let wrong = 0; wrong < 5; wrong++) expect(await answer('12345')).toBe('PHONE_CODE_INVALID');
    expect(await answer('22222')).toBe('PHONE_CODE_EXPIRED');
  });

  test('a number that is no number, that nobody has, or that is banned is refused', async () => {
    const { world } = fixture.telegram;
    const banned = addUser(world, { firstName: 'Ann', phone: '9996620102' });
    restrictUser(world, { user: banned.id, restriction: 'banned' });
    const client = await fixture.connect();
    expect(await refusal(sendCode(client, 'hello'))).toBe('PHONE_NUMBER_INVALID');
    expect(await refusal(sendCode(client, '9996620102'))).toBe('PHONE_NUMBER_BANNED');
    const { phoneCodeHash } = await sendCode(client, '9996620999');
    expect(await refusal(signIn(client, '9996620999', phoneCodeHash, '22222'))).toBe(
      'PHONE_NUMBER_UNOCCUPIED',
    );
  });

  test('a code can be sent again once and cancelled', async () => {
    const phone = '9996620103';
    addUser(fixture.telegram.world, { firstName: 'Ann', phone });
    const client = await fixture.connect();
    const { phoneCodeHash } = await sendCode(client, phone);
    const resend = () => client.invoke(new Api.auth.ResendCode({ phoneNumber: phone, phoneCodeHash }));
    expect(await resend()).toMatchObject({ type: { className: 'auth.SentCodeTypeSms' }, phoneCodeHash });
    expect(await refusal(resend())).toBe('SEND_CODE_UNAVAILABLE');
    const cancel = () => client.invoke(new Api.auth.CancelCode({ phoneNumber: phone, phoneCodeHash }));
    expect(await cancel()).toBe(true);
    expect(await refusal(cancel())).toBe('PHONE_CODE_EXPIRED');
    expect(await refusal(signIn(client, phone, phoneCodeHash, '22222'))).toBe('PHONE_CODE_EXPIRED');
  });

  test('the sixth code in a day is a flood, the next day is not', async () => {
    const phone = '9996620104';
    addUser(fixture.telegram.world, { firstName: 'Ann', phone });
    const client = await fixture.connect();
    for (let code = 0; code < 5; code++) await sendCode(client, phone);
    await expect(sendCode(client, phone)).rejects.toMatchObject({ code: 420, seconds: expect.any(Number) });
    fixture.telegram.clock.advance(86_400_000);
    await sendCode(client, phone);
  });

  test('a number at home elsewhere is sent to its data centre', async () => {
    const user = addUser(fixture.telegram.world, { firstName: 'Clover', phone: '9996640105', dcId: 4 });
    const client = await fixture.connect({ dcId: 2 });
    await signInByCode(client, user);
    expect(client.session.dcId).toBe(4);
    expect(String((await whoAmI(client))?.id)).toBe(user.id);
    expect(fixture.telegram.ledger.entries()).toContainEqual(
      expect.objectContaining({ method: 'auth.sendCode', error: 'PHONE_MIGRATE_4' }),
    );
  });
});

describe('with a password', () => {
  test('the right one lets in, the wrong one does not, and it proves itself anew each time', async () => {
    const user = addUser(fixture.telegram.world, {
      firstName: 'Basil',
      phone: '9996620106',
      password: { value: 'thyme', hint: 'a herb' },
    });
    const client = await fixture.connect();
    const { phoneCodeHash } = await sendCode(client, '9996620106');
    expect(await refusal(signIn(client, '9996620106', phoneCodeHash, '22222'))).toBe(
      'SESSION_PASSWORD_NEEDED',
    );
    expect(await refusal(whoAmI(client))).toBe('SESSION_PASSWORD_NEEDED');
    expect(await client.invoke(new Api.account.GetPassword())).toMatchObject({
      hasPassword: true,
      hint: 'a herb',
    });
    expect(await refusal(checkPassword(client, 'mint'))).toBe('PASSWORD_HASH_INVALID');
    await checkPassword(client, 'thyme');
    expect(String((await whoAmI(client))?.id)).toBe(user.id);
  });
});

describe('by QR code', () => {
  const token = (client: TelegramClient) =>
    client.invoke(new Api.auth.ExportLoginToken({ apiId: 1, apiHash: 'hash', exceptIds: [] }));
  const shown = async (client: TelegramClient) => {
    const answer = await token(client);
    if (!(answer instanceof Api.auth.LoginToken)) throw new Error(answer.className);
    return answer.token;
  };
  const nextLoginUpdate = (client: TelegramClient) =>
    new Promise((resolve) => client.addEventHandler(resolve, new Raw({ types: [Api.UpdateLoginToken] })));

  test('the client that shows it is told when it was accepted and is then signed in', async () => {
    const { user, client: phone } = await fixture.newAccount();
    const client = await fixture.connect();
    const accepted = nextLoginUpdate(client);
    const qr = await shown(client);
    await phone.invoke(new Api.auth.AcceptLoginToken({ token: qr }));
    await accepted;
    const answer = await token(client);
    expect(answer).toBeInstanceOf(Api.auth.LoginTokenSuccess);
    expect(String((await whoAmI(client))?.id)).toBe(user.id);
    expect(await refusal(phone.invoke(new Api.auth.AcceptLoginToken({ token: qr })))).toBe(
      'AUTH_TOKEN_INVALID',
    );
  });

  test('an account at home elsewhere is fetched at its data centre', async () => {
    const { user, client: phone } = await fixture.newAccount({ dcId: 4 });
    const client = await fixture.connect({ dcId: 2 });
    const accepted = nextLoginUpdate(client);
    await phone.invoke(new Api.auth.AcceptLoginToken({ token: await shown(client) }));
    await accepted;
    const answer = await token(client);
    if (!(answer instanceof Api.auth.LoginTokenMigrateTo)) throw new Error(answer.className);
    expect(answer.dcId).toBe(4);
    const atHome = await fixture.connect({ dcId: 4 });
    await atHome.invoke(new Api.auth.ImportLoginToken({ token: answer.token }));
    expect(String((await whoAmI(atHome))?.id)).toBe(user.id);
  });

  test('a password is still asked for', async () => {
    const { client: phone } = await fixture.newAccount({ password: { value: 'thyme' } });
    const client = await fixture.connect();
    await phone.invoke(new Api.auth.AcceptLoginToken({ token: await shown(client) }));
    expect(await refusal(token(client))).toBe('SESSION_PASSWORD_NEEDED');
    await checkPassword(client, 'thyme');
    expect(await whoAmI(client)).toMatchObject({ self: true });
  });

  test('a code nobody showed, or that excepts the account, is not accepted', async () => {
    const { user, client: phone } = await fixture.newAccount();
    const client = await fixture.connect();
    const accept = (qr: Buffer) => refusal(phone.invoke(new Api.auth.AcceptLoginToken({ token: qr })));
    expect(await accept(Buffer.from('nonsense'))).toBe('AUTH_TOKEN_INVALID');
    const exceptIds = [(await whoAmI(phone))!.id];
    const answer = await client.invoke(
      new Api.auth.ExportLoginToken({ apiId: 1, apiHash: 'hash', exceptIds }),
    );
    if (!(answer instanceof Api.auth.LoginToken)) throw new Error(answer.className);
    expect(await accept(answer.token)).toBe('AUTH_TOKEN_EXCEPTION');
    expect(String(exceptIds[0])).toBe(user.id);
  });
});
