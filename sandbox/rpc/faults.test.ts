import { Api, type TelegramClient } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRuleInput } from '#sandbox/faults/rule.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import type { User } from '#sandbox/world/types.ts';
import { refusal, setUpTelegram } from './testing/fixture.ts';

const fixture = setUpTelegram();
let next = 1;

afterEach(() => fixture.telegram.limits.configure([]));

const look = (client: TelegramClient) => client.invoke(new Api.account.GetAuthorizations());

async function struckBy(action: FaultRuleInput['action'], method = 'account.getAuthorizations') {
  const { user, client } = await fixture.newAccount();
  fixture.telegram.faults.add({ match: { method, account: user.id, times: 1 }, action });
  const calls = () =>
    fixture.telegram.ledger
      .entries()
      .filter((line) => line.kind === 'rpc' && line.account === user.id && line.method === method);
  return { user, client, calls };
}

const settled = (call: Promise<unknown>) => {
  let isSettled = false;
  const done = () => {
    isSettled = true;
  };
  call.then(done, done);
  return () => isSettled;
};

describe('a fault', () => {
  test('rpcError answers the error, once, and the ledger has it', async () => {
    const { client, calls } = await struckBy({ kind: 'rpcError', text: 'FLOOD_WAIT_37' });
    await expect(look(client)).rejects.toMatchObject({ code: 420, seconds: 37 });
    await look(client);
    expect(calls().map((line) => 'error' in line && line.error)).toEqual(['FLOOD_WAIT_37', null]);
  });

  test('delay answers later', async () => {
    const { client } = await struckBy({ kind: 'delay', ms: 120 });
    const startedMs = performance.now();
    await look(client);
    expect(performance.now() - startedMs).toBeGreaterThan(110);
  });

  test('dropBefore loses the call, which the client sends again', async () => {
    const { client, calls } = await struckBy({ kind: 'dropBefore' });
    await look(client);
    expect(calls()).toHaveLength(1);
  });

  test('dropAfterEffect loses the answer, so the call runs twice', async () => {
    const { client, calls } = await struckBy({ kind: 'dropAfterEffect' });
    await look(client);
    expect(calls()).toHaveLength(2);
  });

  test('noReply runs the call and says nothing', async () => {
    const { client, calls } = await struckBy({ kind: 'noReply' });
    const isSettled = settled(look(client));
    await client.invoke(new Api.updates.GetState());
    await expect.poll(calls).toHaveLength(1);
    expect(isSettled()).toBe(false);
  });

  test('duplicateReply runs the call once', async () => {
    const { client, calls } = await struckBy({ kind: 'duplicateReply' });
    await look(client);
    await client.invoke(new Api.updates.GetState());
    expect(calls()).toHaveLength(1);
  });

  test('forgottenKey destroys the session', async () => {
    const { user, client } = await struckBy({ kind: 'forgottenKey' });
    settled(look(client));
    const isKnown = () => [...fixture.telegram.server.keys()].some((auth) => auth.userId === user.id);
    await expect.poll(isKnown).toBe(false);
  });

  test('badSalt makes the client send again, and the call runs once', async () => {
    const { client, calls } = await struckBy({ kind: 'badSalt' });
    await look(client);
    expect(calls()).toHaveLength(1);
  });

  test('stallPongs answers the call all the same', async () => {
    const { client } = await struckBy({ kind: 'stallPongs', ms: 50 });
    expect((await look(client)).authorizations).toHaveLength(1);
  });

  test('migrate sends the client elsewhere', async () => {
    const { client, calls } = await struckBy({ kind: 'migrate', dcId: 4 });
    expect(await refusal(look(client))).toBe('AUTH_KEY_UNREGISTERED');
    expect(calls()).toMatchObject([{ error: 'USER_MIGRATE_4' }]);
  });

  test('gzip packs the answer, which the client reads as ever', async () => {
    const { client } = await struckBy({ kind: 'gzip' });
    expect((await look(client)).authorizations).toMatchObject([{ current: true }]);
  });

  test('truncate breaks the answer, and the call is not answered rightly', async () => {
    const { client, calls } = await struckBy({ kind: 'truncate' });
    const outcome = look(client).then(
      () => 'answered',
      () => 'broken',
    );
    const silence = client.invoke(new Api.updates.GetState()).then(() => 'silence');
    expect(await Promise.race([outcome, silence])).not.toBe('answered');
    expect(calls()).toHaveLength(1);
  });

  test('of one account leaves the others alone', async () => {
    await struckBy({ kind: 'rpcError', text: 'PEER_FLOOD' });
    const { client } = await fixture.newAccount();
    expect((await look(client)).authorizations).toHaveLength(1);
  });
});

describe('the limit model', () => {
  const invite = (client: TelegramClient, channel: string, users: Api.TypeEntityLike[]) =>
    client.invoke(new Api.channels.InviteToChannel({ channel, users }));

  async function stage(): Promise<{ user: User; client: TelegramClient; username: string }> {
    const { user, client } = await fixture.newAccount();
    const username = `limited_${next++}`;
    const admins = [{ user: user.id, rights: { inviteUsers: true } }];
    addChat(fixture.telegram.world, { kind: 'supergroup', title: 'Target', username, admins });
    return { user, client, username };
  }

  const person = () => {
    const username = `limited_person_${next++}`;
    return addUser(fixture.telegram.world, { firstName: 'Ann', username }).username!;
  };

  test('says PEER_FLOOD after too many invites of one account, and none is added then', async () => {
    const { limits, world } = fixture.telegram;
    const [busy, other] = [await stage(), await stage()];
    const methods = ['channels.inviteToChannel'];
    limits.configure([{ methods, capacity: 2, refillMs: 3_600_000, answer: 'peer_flood' }]);
    for (let count = 0; count < 2; count++) await invite(busy.client, busy.username, [person()]);
    await expect(invite(busy.client, busy.username, [person()])).rejects.toMatchObject({
      code: 400,
      errorMessage: 'PEER_FLOOD',
    });
    const target = world.findByUsername(busy.username);
    expect(target && 'chat' in target && target.chat.members.size).toBe(3);
    await invite(other.client, other.username, [person()]);
  });

  test('names the business seconds to wait, and lets in after them', async () => {
    const { limits, clock } = fixture.telegram;
    const { client } = await fixture.newAccount();
    limits.configure([
      { methods: ['contacts.resolveUsername'], capacity: 1, refillMs: 7_200_000, answer: 'flood_wait' },
    ]);
    const resolve = () => client.invoke(new Api.contacts.ResolveUsername({ username: person() }));
    await resolve();
    await expect(resolve()).rejects.toMatchObject({ code: 420, seconds: 7200 });
    clock.advance(7_200_000);
    await resolve();
  });
});
