import { stripLeft } from '#sandbox/crypto/bytes.ts';
import { sha1 } from '#sandbox/crypto/digest.ts';
import type { Connection } from './connection.ts';
import type { AuthKey } from './contract.ts';
import { Salts } from './salts.ts';
import type { Session } from './session.ts';

/** An auth key as the server keeps it. */
export type AuthKeyRecord = { -readonly [Field in keyof AuthKey]: AuthKey[Field] } & {
  readonly key: Buffer;
  readonly wireId: Buffer;
  readonly salts: Salts;
  readonly sessions: Map<bigint, Session>;
  /** Open connections that carried this key. */
  readonly connections: Set<Connection>;
  /** Real milliseconds until which pings stay unanswered. */
  pongsStalledUntil: number;
};

export function createAuthKey(key: Buffer, dcId: number, firstSalt: bigint): AuthKeyRecord {
  const wireId = sha1(key).subarray(12, 20);
  return {
    id: wireId.toString('hex'),
    dcId,
    layer: 0,
    userId: undefined,
    pendingUserId: undefined,
    api: undefined,
    createdAt: new Date(),
    key,
    wireId,
    salts: new Salts(firstSalt),
    sessions: new Map(),
    connections: new Set(),
    pongsStalledUntil: 0,
  };
}

/**
 * The auth key both sides hold after the exchange: the 256 bytes of the shared number. GramJS takes the number's
 * bytes without leading zeros instead, one key in 256; `isStripped` makes the same key as it does.
 */
export function toAuthKeyBytes(shared: Buffer, isStripped: boolean): Buffer {
  return isStripped ? stripLeft(shared) : shared;
}
