import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { disableAccount } from '#db/commands/disable-account.ts';
import { requestAuthorizationEnd } from '#db/commands/request-authorization-end.ts';
import { requestLogOut } from '#db/commands/request-log-out.ts';
import { requestRefresh } from '#db/commands/request-refresh.ts';
import { requestRightsCheck } from '#db/commands/request-rights-check.ts';
import { listAccountRights } from '#db/queries/list-account-rights.ts';
import { listAuthorizations } from '#db/queries/list-authorizations.ts';
import { account } from '#db/schema/accounts.ts';
import { sealSession } from '#db/seal.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { signInByPhone } from './mtproto/sign-in-by-phone.ts';
import { sessionKey } from './testing/keys.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const phoneOf = (userId: string) => stage.telegram.world.getUser(userId).phone ?? '';
const signIn = (phone: string) =>
  signInByPhone(stage.telegram.config, {
    phone: new Secret(phone),
    askCode: async () => new Secret(stage.telegram.world.loginCode(phone) ?? ''),
    askPassword: async () => new Secret(''),
  });
const rowOf = async (accountId: string) =>
  (await stage.db.owner.select().from(account).where(eq(account.id, accountId)))[0];
const callsOf = (method: string) =>
  stage.telegram.ledger.entries().filter((line) => line.kind === 'rpc' && line.method === method);

it('a profile is refreshed, a new login is told with its device, and ended at a person’s wish', async () => {
  const { accountId, userId } = await stage.connect({ firstName: 'Ann', premium: true, photo: true });
  await stage.startWorker();
  const other = await stage.telegram.connect(await signIn(phoneOf(userId)));
  await requestRefresh(stage.context(), { accountId });
  const told = await stage.event('account.new_login', (payload) => payload.accountId === accountId);
  expect(told.country).toBe('Sandbox');
  expect(await rowOf(accountId)).toMatchObject({ firstName: 'Ann', isPremium: true, hasPhoto: true });

  await requestAuthorizationEnd(stage.context(), { accountId, hash: told.hash });
  const ended = await stage.until(async () => {
    const { authorizations } = await listAuthorizations(stage.context(), { accountId });
    return authorizations.length === 1 ? authorizations : undefined;
  });
  expect(ended[0]).toMatchObject({ hash: '0', isCurrent: true });
  expect(await other.readProfile()).toMatchObject({ ok: false, failure: { error: 'SESSION_REVOKED' } });
  await other.close();
});

it('logging out ends the session at Telegram, also of a disabled account, and a new sign-in works at once', async () => {
  const { accountId, userId } = await stage.connect({ firstName: 'Ann', username: 'ann_here' });
  await stage.startWorker();
  await disableAccount(stage.context(), { accountId });
  await requestLogOut(stage.context(), { accountId });
  const told = await stage.event('account.signed_out', (payload) => payload.accountId === accountId);
  expect(told.error).toBe('LOGGED_OUT');
  expect(callsOf('auth.logOut')).toHaveLength(1);
  expect(await rowOf(accountId)).toMatchObject({ status: 'signed_out', logOutAt: null });

  const { profile, session } = await signIn(phoneOf(userId));
  const { workspaceId } = stage;
  await connectAccount(stage.context(), {
    profile,
    seal: (id) => sealSession(sessionKey, { workspaceId, accountId: id }, session),
  });
  await requestRefresh(stage.context(), { accountId });
  await stage.event('account.refreshed', (payload) => payload.accountId === accountId);
  expect((await rowOf(accountId))?.status).toBe('active');
});

it('a session that Telegram will not end yet stays in the list, with the reason', async () => {
  const { accountId, userId } = await stage.connect({ firstName: 'Ann' });
  await stage.startWorker();
  const other = await stage.telegram.connect(await signIn(phoneOf(userId)));
  await requestRefresh(stage.context(), { accountId });
  const { hash } = await stage.event('account.new_login');
  stage.telegram.faults.add({
    match: { method: 'account.resetAuthorization' },
    action: { kind: 'rpcError', code: 406, text: 'FRESH_RESET_AUTHORISATION_FORBIDDEN' },
  });
  await requestAuthorizationEnd(stage.context(), { accountId, hash });
  const kept = await stage.until(async () => {
    const { authorizations } = await listAuthorizations(stage.context(), { accountId });
    return authorizations.find(({ endError }) => endError !== null);
  });
  expect(kept).toMatchObject({ hash, endAt: null, endError: 'FRESH_RESET_AUTHORISATION_FORBIDDEN' });
  await other.close();
});

it('what an account may do in a community is read at a person’s wish, and read again when its rights change', async () => {
  const { accountId, userId } = await stage.connect({ firstName: 'Ann' });
  await stage.startWorker();
  const channel = { kind: 'channel', title: 'News', username: 'news_here' } as const;
  const { id } = addChat(stage.telegram.world, {
    ...channel,
    admins: [{ user: userId, rights: { inviteUsers: true } }],
  });
  const ask = async (reference: string) => {
    const { communityId } = await requestRightsCheck(stage.context(), { accountId, reference });
    return stage.until(async () => {
      const rights = await listAccountRights(stage.context(), { accountId });
      return rights.find((right) => right.communityId === communityId && !right.isChecking);
    });
  };
  expect(await ask('https://t.me/news_here')).toMatchObject({
    ...{ name: 'News', isAdmin: true, mayInvite: true, adminRights: ['invite_users'] },
  });
  stage.telegram.world.state.chats.get(id)?.admins.clear();
  expect(await ask('@news_here')).toMatchObject({
    ...{ isAdmin: false, mayInvite: false, isMember: true, adminRights: [] },
  });
  expect(await ask('@nobody_here')).toMatchObject({
    refusal: 'community.reference_unknown',
    mayInvite: false,
  });
});
