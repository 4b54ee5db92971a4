import { Secret } from '#core/secret.ts';
import type { Answer } from '#core/telegram/user-session.ts';
import type { TelegramConfig } from './config.ts';
import { Api, type Tl } from './library.ts';
import {
  type AskPassword,
  checkPassword,
  runSignIn,
  type SignedIn,
  type SignInDialog,
  toRefused,
} from './sign-in.ts';

export type QrSignIn = {
  /** Shows a `tg://login` link as a QR code; called again with the next one after `shownMs`, before this one ends. */
  showLink(link: Secret, shownMs: number): void;
  askPassword: AskPassword;
};

type TokenAnswer = Answer<Tl.auth.TypeLoginToken>;

/** Telegram's tokens live about 30 s; a clock that disagrees must not make the loop spin. */
const MIN_SHOWN_MS = 1000;
/** Whoever scans at the last moment must still be let in. */
const REPLACED_EARLY_MS = 3000;

/**
 * Signs in by a code that the account's owner scans on another device. The client that made the code finishes it, at
 * the owner's data centre (core.telegram.org/api/qr-login). Throws `Refused` like the sign-in by phone.
 */
export const signInByQr = (
  config: TelegramConfig,
  { showLink, askPassword }: QrSignIn,
  signal?: AbortSignal,
): Promise<SignedIn> =>
  runSignIn(config, signal, async (dialog) => {
    const scan = watchScan(dialog);
    for (;;) {
      const answer = await exportToken(config, dialog);
      if (!answer.ok) {
        if (answer.failure.error === 'SESSION_PASSWORD_NEEDED')
          return checkPassword(dialog.call, askPassword);
        throw toRefused(answer.failure);
      }
      if (answer.value instanceof Api.auth.LoginTokenSuccess) return answer.value.authorization;
      if (!(answer.value instanceof Api.auth.LoginToken)) continue;
      const leftMs = answer.value.expires * 1000 - Date.now();
      const shownMs = Math.max(leftMs - REPLACED_EARLY_MS, MIN_SHOWN_MS);
      const token = answer.value.token.toString('base64url');
      showLink(new Secret(`tg://login?token=${token}`), shownMs);
      await scan.within(shownMs);
      dialog.over.throwIfAborted();
    }
  });

/** Asks for a token; when the owner lives at another data centre, moves there and hands the token over. */
async function exportToken(config: TelegramConfig, dialog: SignInDialog): Promise<TokenAnswer> {
  const answer = await dialog.call(
    new Api.auth.ExportLoginToken({ apiId: config.apiId, apiHash: config.apiHash.reveal(), exceptIds: [] }),
  );
  if (!answer.ok || !(answer.value instanceof Api.auth.LoginTokenMigrateTo)) return answer;
  const { dcId, token } = answer.value;
  await dialog.moveTo(dcId);
  return dialog.call(new Api.auth.ImportLoginToken({ token }));
}

/** Telegram pushes `updateLoginToken` when the code has been scanned and accepted. */
function watchScan(dialog: SignInDialog) {
  const seen = new EventTarget();
  let isSeen = false;
  dialog.onUpdate((update) => {
    const inner = update instanceof Api.UpdateShort ? update.update : update;
    if (!(inner instanceof Api.UpdateLoginToken)) return;
    isSeen = true;
    seen.dispatchEvent(new Event('seen'));
  });
  return {
    /** Resolves at the scan, at the end of the attempt or after `ms`. */
    async within(ms: number): Promise<void> {
      if (!isSeen && !dialog.over.aborted) await firstOf(seen, dialog.over, ms);
      isSeen = false;
    },
  };
}

const firstOf = (seen: EventTarget, over: AbortSignal, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      over.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    seen.addEventListener('seen', done, { once: true });
    over.addEventListener('abort', done, { once: true });
  });
