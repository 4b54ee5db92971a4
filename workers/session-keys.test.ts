import { eq } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { fixedKeys, type KeySource, type KeysAnswer } from '#core/session-keys.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { rewrapSessions } from '#db/commands/rewrap-sessions.ts';
import { findSealedSession } from '#db/queries/find-sealed-session.ts';
import { account, accountSession } from '#db/schema/accounts.ts';
import { rewrapThrough } from '#db/session-keys.ts';
import { startVault } from '#process/config/testing/vault-server.ts';
import { openVaultClient } from '#process/config/vault-client.ts';
import { openTransit } from '#process/config/vault-transit.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { sessionKey } from './testing/keys.ts';
import { type Stage, setStage } from './testing/stage.ts';

/** Ten minutes of business in 60 ms. */
const SCALE = 10_000;
const other = { id: 'other', key: Buffer.alloc(32, 3) };

let stage: Stage;
afterEach(() => stage.close());

/** Keys that come and go. */
const changingKeys = (first: KeysAnswer) => {
  const source: KeySource & { answer: KeysAnswer } = {
    answer: first,
    read: async () => source.answer,
    close: () => {},
  };
  return source;
};
const wantWork = async () => {
  addChat(stage.telegram.world, { kind: 'supergroup', title: 'Club', username: 'the_club' });
  return requestCommunity(stage.context(), { reference: '@the_club' });
};
const sealedOf = (accountId: string) =>
  findSealedSession({ db: stage.db.worker, workspaceId: stage.workspaceId }, accountId);

it('an account whose key is missing rests and says so, keeps its session, and goes on when the key is there', async () => {
  stage = await setStage({ scale: SCALE });
  const { accountId } = await stage.connect({ firstName: 'Ann' });
  const before = await sealedOf(accountId);
  const keys = changingKeys({ ok: true, keys: [other] });
  await stage.startWorker({ sessionKeys: keys });
  const { communityId } = await wantWork();
  const told = await stage.event('account.cooling', (payload) => payload.accountId === accountId);
  expect(told.error).toBe('KEY_MISSING');
  expect(await sealedOf(accountId)).toEqual(before);
  keys.answer = { ok: true, keys: [other, sessionKey] };
  await stage.event('community.checked', (payload) => payload.communityId === communityId);
  expect(await sealedOf(accountId)).toEqual(before);
});

it('keys that are away stop nothing for good: it is told, and the work goes on by itself', async () => {
  stage = await setStage();
  const { accountId } = await stage.connect({ firstName: 'Ann' });
  const keys = changingKeys({ ok: false, because: 'sealed' });
  await stage.startWorker({ sessionKeys: keys });
  const { communityId } = await wantWork();
  expect(await stage.event('keys.away')).toEqual({ because: 'sealed' });
  keys.answer = { ok: true, keys: [sessionKey] };
  await stage.event('community.checked', (payload) => payload.communityId === communityId);
  await stage.event('keys.back');
  const [row] = await stage.db.owner.select().from(account).where(eq(account.id, accountId));
  expect(row?.status).toBe('active');
});

it('sessions that Vault wraps are opened through it alone, and wait while it is sealed', async () => {
  stage = await setStage();
  const { accountId } = await stage.connect({ firstName: 'Ann' });
  const vault = await startVault();
  const login = { roleId: 'role', secretId: new Secret('secret'), namespace: undefined };
  const client = openVaultClient({ address: vault.address, ...login });
  const keys = openTransit(client, 'transit/keys/usher', fixedKeys(sessionKey));
  try {
    const { db, workspaceId, clock } = stage;
    const { rewrapped } = await rewrapSessions(
      { db: db.worker, actor: { kind: 'system', part: 'test' }, workspaceId, now: clock.now() },
      { newestId: 'transit/keys/usher:v1', rewrap: rewrapThrough(keys), after: undefined, limit: 10 },
    );
    expect(rewrapped).toBe(1);
    vault.isSealed = true;
    await stage.startWorker({ sessionKeys: keys });
    const { communityId } = await wantWork();
    expect(await stage.event('keys.away')).toEqual({ because: 'sealed' });
    vault.isSealed = false;
    await stage.event('community.checked', (payload) => payload.communityId === communityId);
    await stage.event('keys.back');
    expect(vault.calls).toContain('transit/decrypt/usher 200');
    expect((await sealedOf(accountId))?.keyId).toBe('transit/keys/usher:v1');
  } finally {
    keys.close();
    await vault.close();
  }
});

it('a session that was put into another account’s row is not used', async () => {
  stage = await setStage();
  const ann = await stage.connect({ firstName: 'Ann' });
  const bob = await stage.connect({ firstName: 'Bob' });
  const sealed = await sealedOf(bob.accountId);
  await stage.db.owner
    .update(accountSession)
    .set({ sealed: sealed!.bytes })
    .where(eq(accountSession.accountId, ann.accountId));
  await stage.db.owner.update(account).set({ status: 'disabled' }).where(eq(account.id, bob.accountId));
  await stage.startWorker({ sessionKeys: fixedKeys(sessionKey) });
  await wantWork();
  const told = await stage.event('account.signed_out', (payload) => payload.accountId === ann.accountId);
  expect(told.error).toBe('SEAL_BROKEN');
});
