import type { Clock } from '#core/clock.ts';
import { type RefusalCode, Refused } from '#core/refusals.ts';
import { type KeySource, newestKey, type SealKey } from '#core/session-keys.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import type { SignInEnd } from '#db/commands/end-sign-in.ts';
import type { Db } from '#db/context.ts';
import { sealSession } from '#db/seal.ts';
import { findSignInActor, type TakenSignIn } from '#db/sign-ins.ts';
import type { TelegramConfig } from '../mtproto/config.ts';
import { SIGN_IN_TRIES, type SignedIn } from '../mtproto/sign-in.ts';
import { signInByPhone } from '../mtproto/sign-in-by-phone.ts';
import { signInByQr } from '../mtproto/sign-in-by-qr.ts';
import { signOut } from '../mtproto/sign-out.ts';
import { type Dialog, SignInOver } from './dialog.ts';

export type SignInDeps = { db: Db; clock: Clock; telegram: TelegramConfig; sessionKeys: KeySource };

/**
 * Signs an account in through the dialog and keeps it. Throws `Refused`, and `SignInOver` when the person has given up:
 * then a session that Telegram has opened meanwhile is ended there.
 */
export async function connectThroughPage(
  deps: SignInDeps,
  taken: TakenSignIn,
  dialog: Dialog,
  over: AbortSignal,
): Promise<Extract<SignInEnd, { status: 'done' }>> {
  // Without a key to keep it with, nobody is asked for anything.
  const key = await newestKey(deps.sessionKeys);
  const signedIn = await signInAt(deps.telegram, taken, dialog, over);
  try {
    if (!(await dialog.claimEnd())) throw new SignInOver();
    return await keep(deps, taken, key, signedIn);
  } catch (thrown) {
    await signOut(deps.telegram, signedIn.session);
    throw thrown;
  }
}

function signInAt(
  telegram: TelegramConfig,
  { method }: TakenSignIn,
  dialog: Dialog,
  over: AbortSignal,
): Promise<SignedIn> {
  const askPassword = (about: { hint?: string; problem?: RefusalCode }) => dialog.ask('password', about);
  if (method === 'qr') return signInByQr(telegram, { showLink: dialog.show, askPassword }, over);
  const askCode = (about: { problem?: RefusalCode }) => dialog.ask('code', about);
  return askPhone(dialog, (phone) => signInByPhone(telegram, { phone, askCode, askPassword }, over));
}

/** A number that Telegram cannot read is asked for again. */
async function askPhone(
  dialog: Dialog,
  signIn: (phone: Awaited<ReturnType<Dialog['ask']>>) => Promise<SignedIn>,
): Promise<SignedIn> {
  let problem: RefusalCode | undefined;
  for (let tries = 0; tries < SIGN_IN_TRIES; tries += 1) {
    try {
      return await signIn(await dialog.ask('phone', { problem }));
    } catch (thrown) {
      if (!(thrown instanceof Refused) || thrown.code !== 'account.number_invalid') throw thrown;
      problem = thrown.code;
    }
  }
  throw new Refused('account.number_invalid');
}

async function keep(
  { db, clock }: SignInDeps,
  taken: TakenSignIn,
  key: SealKey,
  { profile, session }: SignedIn,
): Promise<Extract<SignInEnd, { status: 'done' }>> {
  const { workspaceId } = taken;
  const actor = await findSignInActor(db, taken);
  if (!actor) throw new Refused('forbidden');
  const { accountId, isNew } = await connectAccount(
    { db, actor, workspaceId, now: clock.now() },
    { profile, seal: (accountId) => sealSession(key, { workspaceId, accountId }, session) },
  );
  return { status: 'done', accountId, isNewAccount: isNew };
}
