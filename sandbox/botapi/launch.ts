import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto';
import type { User } from '#sandbox/world/types.ts';

/** What a Mini App is told about its launch (core.telegram.org/bots/webapps#webappinitdata). */
export type LaunchFacts = {
  user: User;
  /** Real time: sessions are judged on the real clock. */
  authDate: Date;
  startParam?: string | undefined;
  queryId?: string | undefined;
  chatType?: 'sender' | 'private' | 'group' | 'supergroup' | 'channel' | undefined;
  chatInstance?: string | undefined;
  /** Whether the bot may write to the user. */
  allowsWriteToPm?: boolean | undefined;
};

/** Stands for the key with which Telegram signs init data for third parties. */
export type LaunchKey = { privateKey: KeyObject; publicKeyHex: string };

const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The same seed gives the same key. */
export function createLaunchKey(seed: string): LaunchKey {
  const secret = createHash('sha256').update(`launch:${seed}`).digest();
  const privateKey = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8_PREFIX, secret]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKeyHex: spki.subarray(-32).toString('hex') };
}

/**
 * Raw init data: `signature` is Ed25519 by the sandbox's launch key, `hash` HMAC-SHA256 keyed by
 * HMAC-SHA256("WebAppData", token), over everything else.
 */
export function signInitData(facts: LaunchFacts, bot: { id: string; token: string }, key: LaunchKey): string {
  const pairs: [name: string, value: string | undefined][] = [
    ['query_id', facts.queryId],
    ['user', JSON.stringify(webAppUser(facts))],
    ['auth_date', String(Math.floor(facts.authDate.getTime() / 1000))],
    ['start_param', facts.startParam],
    ['chat_type', facts.chatType],
    ['chat_instance', facts.chatInstance],
  ];
  const fields = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);

  const signedText = `${bot.id}:WebAppData\n${checkString(fields)}`;
  const signature = signBytes(null, Buffer.from(signedText), key.privateKey).toString('base64url');
  const withSignature: [string, string][] = [...fields, ['signature', signature]];

  const secret = createHmac('sha256', 'WebAppData').update(bot.token).digest();
  const hash = createHmac('sha256', secret).update(checkString(withSignature)).digest('hex');
  return new URLSearchParams([...withSignature, ['hash', hash]]).toString();
}

export type LaunchLook = {
  initData: string;
  themeParams: Record<string, string>;
  startParam?: string | undefined;
  /** Telegram Web A. */
  platform?: string;
  version?: string;
};

/** The address Telegram opens: the app's own, the start parameter as a query, everything else in the fragment. */
export function launchUrl(appUrl: string, look: LaunchLook): string {
  const url = new URL(appUrl);
  if (look.startParam !== undefined) url.searchParams.set('tgWebAppStartParam', look.startParam);
  const fragment = new URLSearchParams({
    tgWebAppData: look.initData,
    tgWebAppVersion: look.version ?? '9.1',
    tgWebAppPlatform: look.platform ?? 'weba',
    tgWebAppThemeParams: JSON.stringify(look.themeParams),
  }).toString();
  if (url.hash === '') url.hash = fragment;
  else url.hash += `${url.hash.includes('?') ? '&' : '?'}${fragment}`;
  return url.href;
}

function webAppUser({ user, allowsWriteToPm }: LaunchFacts) {
  return {
    id: Number(user.id),
    first_name: user.firstName,
    last_name: user.lastName ?? '',
    username: user.username,
    language_code: user.languageCode ?? 'en',
    is_premium: user.premium,
    allows_write_to_pm: allowsWriteToPm,
  };
}

function checkString(fields: [string, string][]): string {
  return fields
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');
}
