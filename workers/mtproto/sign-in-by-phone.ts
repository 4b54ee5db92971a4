import { type RefusalCode, Refused } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import type { TelegramConfig } from './config.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import {
  type AskPassword,
  checkPassword,
  runSignIn,
  SIGN_IN_TRIES,
  type SignedIn,
  type SignInDialog,
  toRefused,
} from './sign-in.ts';

export type PhoneSignIn = {
  phone: Secret;
  askCode(ask: { problem?: RefusalCode }): Promise<Secret>;
  askPassword: AskPassword;
};

/**
 * Signs in by phone and code, with a password where the account has one, following Telegram to the phone's data
 * centre. Throws `Refused`: number_invalid, number_banned, number_unregistered, code_wrong, code_expired,
 * password_wrong, flood or sign_in_failed.
 */
export const signInByPhone = (
  config: TelegramConfig,
  { phone: typed, askCode, askPassword }: PhoneSignIn,
  signal?: AbortSignal,
): Promise<SignedIn> =>
  runSignIn(config, signal, async (dialog) => {
    const phone = withoutSpacing(typed);
    const phoneCodeHash = await sendCode(config, dialog, phone);
    return signIn(dialog.call, phone, phoneCodeHash, askCode, askPassword);
  });

/** People write numbers in groups, as they read them. */
const withoutSpacing = (phone: Secret): Secret => new Secret(phone.reveal().replace(/[\s().-]/g, ''));

async function sendCode(config: TelegramConfig, dialog: SignInDialog, phone: Secret): Promise<string> {
  const request = () =>
    dialog.call(
      new Api.auth.SendCode({
        phoneNumber: phone.reveal(),
        apiId: config.apiId,
        apiHash: config.apiHash.reveal(),
        settings: new Api.CodeSettings({}),
      }),
    );
  let answer = await request();
  if (!answer.ok && answer.failure.error === 'PHONE_MIGRATE') {
    await dialog.moveTo(answer.failure.argument ?? 0);
    answer = await request();
  }
  if (!answer.ok) throw toRefused(answer.failure);
  if (!(answer.value instanceof Api.auth.SentCode)) {
    throw new Refused('account.sign_in_failed', { error: answer.value.className });
  }
  return answer.value.phoneCodeHash;
}

async function signIn(
  call: Call,
  phone: Secret,
  phoneCodeHash: string,
  askCode: PhoneSignIn['askCode'],
  askPassword: AskPassword,
): Promise<Tl.auth.TypeAuthorization> {
  let problem: RefusalCode | undefined;
  for (let tries = 0; tries < SIGN_IN_TRIES; tries += 1) {
    const code = await askCode(problem ? { problem } : {});
    const answer = await call(
      new Api.auth.SignIn({ phoneNumber: phone.reveal(), phoneCodeHash, phoneCode: code.reveal().trim() }),
    );
    if (answer.ok) return answer.value;
    if (answer.failure.error === 'SESSION_PASSWORD_NEEDED') return checkPassword(call, askPassword);
    const refused = toRefused(answer.failure);
    if (refused.code !== 'account.code_wrong') throw refused;
    problem = refused.code;
  }
  throw new Refused('account.code_wrong');
}
