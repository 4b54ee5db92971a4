import { Long } from '@mtcute/node';
import bigInt from 'big-integer';
import { Api, type TelegramClient } from 'telegram';
import { Raw } from 'telegram/events/index.js';
import { describe, expect, test } from 'vitest';
import { restrictUser } from '#sandbox/world/commands/restrict-user.ts';
import { refusal, setUpTelegram } from './testing/fixture.ts';

const fixture = setUpTelegram();

const getSelf = (client: TelegramClient) =>
  client.invoke(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
const getState = (client: TelegramClient) => client.invoke(new Api.updates.GetState());

describe('a sign-in carried to another data centre', () => {
  test('works there once, for what may run away from home', async () => {
    const { user, client } = await fixture.newAccount();
    const elsewhere = await fixture.connect({ dcId: 4 });
    const { id, bytes } = await client.invoke(new Api.auth.ExportAuthorization({ dcId: 4 }));
    const carry = () => elsewhere.invoke(new Api.auth.ImportAuthorization({ id, bytes }));
    await carry();
    expect(String((await getSelf(elsewhere))[0]?.id)).toBe(user.id);
    expect(await refusal(carry())).toBe('AUTH_BYTES_INVALID');
  });

  test('is sent home for everything else', async () => {
    const { client } = await fixture.newAccount();
    const elsewhere = fixture.mtcute(4);
    const { id, bytes } = await client.invoke(new Api.auth.ExportAuthorization({ dcId: 4 }));
    await elsewhere.call({ _: 'auth.importAuthorization', id: Long.fromString(String(id)), bytes });
    // mtcute follows the hint; the key it makes at home is nobody's.
    await expect(elsewhere.call({ _: 'account.getAuthorizations' })).rejects.toThrow('AUTH_KEY_UNREGISTERED');
    expect(fixture.telegram.ledger.entries()).toContainEqual(
      expect.objectContaining({ method: 'account.getAuthorizations', error: 'USER_MIGRATE_2' }),
    );
  });
});

describe('the sessions of an account', () => {
  test('are listed, are told of a new one, and end each other', async () => {
    const { user, client } = await fixture.newAccount();
    const told = new Promise<Api.UpdateNewAuthorization>((resolve) =>
      client.addEventHandler(resolve, new Raw({ types: [Api.UpdateNewAuthorization] })),
    );
    await getState(client);
    const second = await fixture.signIn(user);
    const { hash } = await told;
    const { authorizations } = await client.invoke(new Api.account.GetAuthorizations());
    expect(authorizations.map(({ current }) => current)).toEqual([true, false]);
    const end = (session: bigInt.BigInteger) =>
      client.invoke(new Api.account.ResetAuthorization({ hash: session }));
    expect(await refusal(end(bigInt(5)))).toBe('HASH_INVALID');
    expect(await end(hash ?? bigInt(0))).toBe(true);
    expect(await refusal(getState(second))).toBe('SESSION_REVOKED');
  });

  test('a signed-out one knows nobody', async () => {
    const { user, client } = await fixture.newAccount();
    await client.invoke(new Api.auth.LogOut());
    expect(await refusal(getState(client))).toBe('AUTH_KEY_UNREGISTERED');
    expect([...fixture.telegram.server.keys()].some((auth) => auth.userId === user.id)).toBe(false);
  });

  test('used on two connections at once is destroyed, and the ledger shows both', async () => {
    const { user, client } = await fixture.newAccount();
    const session = String(client.session.save());
    expect(await refusal(fixture.connect({ session }))).toBe('AUTH_KEY_DUPLICATED');
    const lines = fixture.telegram.ledger.entries().filter((line) => line.account === user.id);
    const opened = lines.filter((line) => line.kind === 'connection' && line.event === 'open');
    expect(lines).toContainEqual(expect.objectContaining({ error: 'AUTH_KEY_DUPLICATED' }));
    expect(opened.length).toBeLessThanOrEqual(2);
    expect([...fixture.telegram.server.keys()].some((auth) => auth.userId === user.id)).toBe(false);
  });
});

describe('a restricted account', () => {
  test.each([
    ['banned', 'USER_DEACTIVATED_BAN'],
    ['deactivated', 'USER_DEACTIVATED'],
  ] as const)('that is %s can do nothing: %s', async (restriction, text) => {
    const { user, client } = await fixture.newAccount();
    restrictUser(fixture.telegram.world, { user: user.id, restriction });
    expect(await refusal(getState(client))).toBe(text);
  });

  test('that is frozen may look but not act, and its configuration says until when', async () => {
    const { user, client } = await fixture.newAccount();
    restrictUser(fixture.telegram.world, { user: user.id, restriction: 'frozen' });
    await getState(client);
    await expect(client.invoke(new Api.contacts.Search({ q: 'garden', limit: 5 }))).rejects.toMatchObject({
      code: 420,
      errorMessage: 'FROZEN_METHOD_INVALID',
    });
    const answer = await client.invoke(new Api.help.GetAppConfig({ hash: 0 }));
    expect(JSON.stringify(answer)).toContain('freeze_until_date');
  });
});
