import type { Secret } from '#core/secret.ts';
import type { MtprotoLibrary } from '#core/telegram/mtproto-library.ts';

/** Where an offline Telegram listens and the key it proves itself with. */
export type OfflineTelegram = {
  /** `host:port` of each data centre, by its id. */
  dcMap: Readonly<Record<string, string>>;
  /** Decimal strings; the fingerprint as the signed 64-bit number of the wire. */
  trustedKey: { fingerprint: string; n: string; e: string };
};

export type TelegramConfig = {
  /** `DEFAULT_LIBRARY` unless given. */
  library?: MtprotoLibrary;
  apiId: number;
  apiHash: Secret;
  /** Undefined means the real Telegram. */
  offline?: OfflineTelegram | undefined;
  /** Shown to the owner in the list of devices, so that the session can be recognised and ended. */
  deviceModel?: string;
  appVersion?: string;
  /** How long one call may take before its connection is given up. */
  callDeadlineMs?: number;
  connectDeadlineMs?: number;
  /** Telegram closes the socket by itself this long after the last ping, so that a paused process holds none. */
  silenceSeconds?: number;
};

export const DEFAULT_LIBRARY: MtprotoLibrary = 'telegram';
export const DEFAULT_CALL_DEADLINE_MS = 20_000;
export const DEFAULT_CONNECT_DEADLINE_MS = 15_000;
export const DEFAULT_SILENCE_SECONDS = 60;

export type Address = { host: string; port: number };

/**
 * The address of a data centre of the offline Telegram. Throws for one that is not in the map: in offline mode nothing
 * may ever dial the real Telegram.
 */
export function offlineAddress(offline: OfflineTelegram, dcId: number): Address {
  const text = offline.dcMap[String(dcId)];
  const split = text?.lastIndexOf(':') ?? -1;
  const port = Number(text?.slice(split + 1));
  if (text === undefined || split < 1 || !Number.isInteger(port) || port < 1) {
    throw new Error(`offline Telegram has no address for data centre ${dcId}`);
  }
  return { host: text.slice(0, split), port };
}

/** Throws when an offline configuration could not reach its Telegram: no data centre, or a malformed address. */
export function checkTelegramConfig(config: TelegramConfig): void {
  if (!config.offline) return;
  const dcIds = Object.keys(config.offline.dcMap);
  if (dcIds.length === 0) throw new Error('offline Telegram needs the addresses of its data centres');
  for (const dcId of dcIds) offlineAddress(config.offline, Number(dcId));
}
