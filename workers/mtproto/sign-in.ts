import { SIGN_IN_ATTEMPT_MS } from '#core/account/sign-in.ts';
import { type RefusalCode, Refused } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { refusalOf } from '#core/telegram/error-catalogue.ts';
import type { RpcFailure, SelfProfile } from '#core/telegram/user-session.ts';
import { firstDataCentre } from './client.ts';
import type { TelegramConfig } from './config.ts';
import { Api, computeCheck, type Tl } from './library.ts';
import { type Call, type Link, openLink } from './link.ts';
import { signOut } from './sign-out.ts';

/** A signed-in account: who it is, and its session string to be sealed at once. */
export type SignedIn = { profile: SelfProfile; session: Secret };

/** `problem` says why the question is asked again. */
export type AskPassword = (ask: { hint?: string; problem?: RefusalCode }) => Promise<Secret>;

/** How often a wrong answer may be corrected. */
export const SIGN_IN_TRIES = 3;

/** One attempt to sign in: a link that can move to the data centre Telegram names. */
export type SignInDialog = {
  call: Call;
  moveTo(dcId: number): Promise<void>;
  onUpdate(listener: (update: unknown) => void): void;
  sessionString(): string;
  /** Aborted when the attempt is cancelled or has lived too long. */
  over: AbortSignal;
};

/**
 * Runs one attempt on raw `auth.*` calls and closes its connection whatever happens. Throws `Refused` with an
 * `account.*` code; a cancelled or too long attempt is refused too. Never signs up a new account.
 */
export async function runSignIn(
  config: TelegramConfig,
  signal: AbortSignal | undefined,
  attempt: (dialog: SignInDialog) => Promise<Tl.auth.TypeAuthorization>,
): Promise<SignedIn> {
  const expired = AbortSignal.timeout(SIGN_IN_ATTEMPT_MS);
  const over = signal ? AbortSignal.any([signal, expired]) : expired;
  let link = await connect(config, firstDataCentre(config));
  let onUpdate: (update: unknown) => void = () => {};
  link.onUpdate((update) => onUpdate(update));
  let isAnswerLost = false;
  const dialog: SignInDialog = {
    async call(request) {
      const answer = await link.call(request);
      if (!answer.ok && answer.failure.kind !== 'rpc') isAnswerLost = true;
      return answer;
    },
    async moveTo(dcId) {
      const address = await addressOf(config, link.call, dcId);
      await link.close();
      link = await connect(config, { dcId, address });
      link.onUpdate((update) => onUpdate(update));
    },
    onUpdate: (listener) => {
      onUpdate = listener;
    },
    sessionString: () => link.sessionString(),
    over,
  };
  try {
    const authorization = await Promise.race([attempt(dialog), rejectOn(over, expired)]);
    return { profile: profileOf(authorization), session: new Secret(dialog.sessionString()) };
  } catch (thrown) {
    // Telegram may have signed in what nobody waits for any more, or has never heard of.
    if (isAnswerLost) await signOut(config, new Secret(link.sessionString()));
    else if (over.aborted) await link.call(new Api.auth.LogOut());
    throw thrown;
  } finally {
    await link.close();
  }
}

/** Answers the two-step verification with SRP: the password itself never leaves the process. */
export async function checkPassword(call: Call, ask: AskPassword): Promise<Tl.auth.TypeAuthorization> {
  let problem: RefusalCode | undefined;
  for (let tries = 0; tries < SIGN_IN_TRIES; tries += 1) {
    const facts = await call(new Api.account.GetPassword());
    if (!facts.ok) throw toRefused(facts.failure);
    const password = await ask({
      ...(facts.value.hint ? { hint: facts.value.hint } : {}),
      ...(problem ? { problem } : {}),
    });
    const check = await computeCheck(facts.value, password.reveal());
    const answer = await call(new Api.auth.CheckPassword({ password: check }));
    if (answer.ok) return answer.value;
    if (answer.failure.error !== 'PASSWORD_HASH_INVALID') throw toRefused(answer.failure);
    problem = 'account.password_wrong';
  }
  throw new Refused('account.password_wrong');
}

/** What the person who signs in is told; a wait comes with its seconds. */
export function toRefused(failure: RpcFailure): Refused {
  const facts = failure.argument === undefined ? {} : { seconds: failure.argument };
  return new Refused(refusalOf(failure, 'account.sign_in_failed'), { error: failure.error, ...facts });
}

async function connect(config: TelegramConfig, start: { dcId: number; address: string }): Promise<Link> {
  const link = await openLink(config, start, { onEnd: () => {} });
  if (!link.ok) throw toRefused(link.failure);
  return link.value;
}

/** In offline mode the address map decides and this one is a placeholder. */
async function addressOf(config: TelegramConfig, call: Call, dcId: number): Promise<string> {
  if (config.offline) return '127.0.0.1';
  const known = await call(new Api.help.GetConfig());
  if (!known.ok) throw toRefused(known.failure);
  const option = known.value.dcOptions.find(
    (dc) => dc.id === dcId && !dc.ipv6 && !dc.mediaOnly && !dc.cdn && !dc.tcpoOnly,
  );
  if (!option) throw new Refused('account.sign_in_failed', { error: 'DC_UNKNOWN' });
  return option.ipAddress;
}

function rejectOn(over: AbortSignal, expired: AbortSignal): Promise<never> {
  const refusal = () =>
    expired.aborted
      ? new Refused('account.code_expired')
      : new Refused('account.sign_in_failed', { error: 'CANCELLED' });
  return new Promise((_resolve, reject) => {
    if (over.aborted) reject(refusal());
    over.addEventListener('abort', () => reject(refusal()), { once: true });
  });
}

function profileOf(authorization: Tl.auth.TypeAuthorization): SelfProfile {
  if (!(authorization instanceof Api.auth.Authorization) || !(authorization.user instanceof Api.User)) {
    throw new Refused('account.number_unregistered');
  }
  return toProfile(authorization.user);
}

/** Who an account is, by what Telegram says to itself. */
export function toProfile(user: Tl.User): SelfProfile {
  return {
    telegramId: user.id.toString(),
    firstName: user.firstName ?? '',
    ...(user.lastName ? { lastName: user.lastName } : {}),
    ...(user.username ? { username: user.username } : {}),
    isPremium: user.premium === true,
  };
}
