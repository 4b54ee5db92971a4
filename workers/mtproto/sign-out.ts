import { Api } from 'telegram';
import type { Secret } from '#core/secret.ts';
import type { TelegramConfig } from './config.ts';
import { openLink } from './link.ts';

/** Ends a session at Telegram that nobody keeps; one that cannot be reached ends with its owner's list of devices. */
export async function signOut(config: TelegramConfig, session: Secret): Promise<void> {
  const link = await openLink(config, { session: session.reveal() }, { onEnd: () => {} });
  if (!link.ok) return;
  await link.value.call(new Api.auth.LogOut());
  await link.value.close();
}
