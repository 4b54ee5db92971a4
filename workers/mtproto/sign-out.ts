import type { Secret } from '#core/secret.ts';
import type { TelegramConfig } from './config.ts';
import { Api } from './library.ts';
import { openLink } from './link.ts';

/** Somebody may be waiting to be told why. */
const DEADLINES = { connectDeadlineMs: 5_000, callDeadlineMs: 5_000 };

/** Ends a session at Telegram that nobody keeps; one that cannot be reached ends with its owner's list of devices. */
export async function signOut(config: TelegramConfig, session: Secret): Promise<void> {
  const link = await openLink(
    { ...config, ...DEADLINES },
    { session: session.reveal() },
    { onEnd: () => {} },
  );
  if (!link.ok) return;
  await link.value.call(new Api.auth.LogOut());
  await link.value.close();
}
