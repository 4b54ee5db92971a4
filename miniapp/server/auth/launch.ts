import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Secret } from '#core/secret.ts';
import type { ProblemCode } from '#miniapp/contract/problem-codes.ts';

/** A launch of the Mini App that Telegram vouches for. */
export type Launch = {
  telegramId: string;
  /** The same for every spelling of one launch: a second use of it is a replay. */
  fingerprint: Buffer;
  /** When Telegram opened the Mini App, on Telegram's clock. */
  launchedAt: Date;
};
export type LaunchVerdict = { ok: true; launch: Launch } | { ok: false; code: ProblemCode };

const MAX_LENGTH = 4096;
const OLDEST_SECONDS = 3600;
const FURTHEST_AHEAD_SECONDS = 30;
/** In capitals, and of no letter or digit. */
const PLAIN_ESCAPE = /^%(?!3\d|[46][1-9A-F]|[57][0-9A])[0-9A-F]{2}$/;

const userSchema = z.object({ id: z.int().positive() });

/**
 * Reads raw init data (core.telegram.org/bots/webapps, "Validating data received via the Mini App"). Stricter than the
 * page asks: one spelling per pair, no name twice, no control characters, at most 4096 characters, `auth_date` at most
 * one hour old and 30 seconds ahead. The signature is compared in constant time, before anything it covers is read.
 */
export const judgeLaunch = (raw: string, botToken: Secret, now: Date): LaunchVerdict => {
  const pairs = raw.length <= MAX_LENGTH ? readPairs(raw) : undefined;
  if (!pairs) return { ok: false, code: 'launch.malformed' };
  const hash = pairs.get('hash') ?? '';
  if (!/^[0-9a-f]{64}$/.test(hash)) return { ok: false, code: 'launch.malformed' };

  const text = checkString(pairs);
  const secret = createHmac('sha256', 'WebAppData').update(botToken.reveal()).digest();
  const expected = createHmac('sha256', secret).update(text).digest();
  if (!timingSafeEqual(expected, Buffer.from(hash, 'hex'))) return { ok: false, code: 'launch.unsigned' };

  const authDate = pairs.get('auth_date') ?? '';
  const telegramId = readUserId(pairs.get('user') ?? '');
  if (!/^\d{1,12}$/.test(authDate) || !telegramId) return { ok: false, code: 'launch.malformed' };
  const ageSeconds = now.getTime() / 1000 - Number(authDate);
  if (ageSeconds >= OLDEST_SECONDS) return { ok: false, code: 'launch.stale' };
  if (ageSeconds <= -FURTHEST_AHEAD_SECONDS) return { ok: false, code: 'launch.future' };
  const launchedAt = new Date(Number(authDate) * 1000);
  const fingerprint = createHash('sha256').update(text).digest();
  return { ok: true, launch: { telegramId, fingerprint, launchedAt } };
};

/** Everything but the hash, sorted by name. */
const checkString = (pairs: Map<string, string>): string =>
  [...pairs]
    .filter(([name]) => name !== 'hash')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n');

/** Undefined unless every pair is well-formed and no name comes twice. */
const readPairs = (raw: string): Map<string, string> | undefined => {
  const pairs = new Map<string, string>();
  for (const piece of raw.split('&')) {
    const [, name, encoded] = /^([a-z0-9_]{1,64})=([^=]*)$/.exec(piece) ?? [];
    const value = encoded === undefined ? undefined : decode(encoded);
    if (!name || value === undefined || pairs.has(name)) return undefined;
    pairs.set(name, value);
  }
  return pairs;
};

/**
 * Undefined for any but the usual spelling, and for control characters: a line break would let one value pose as two
 * pairs of the signed text.
 */
const decode = (encoded: string): string | undefined => {
  if (encoded.match(/%.{0,2}/gs)?.some((spelt) => !PLAIN_ESCAPE.test(spelt))) return undefined;
  try {
    const value = decodeURIComponent(encoded.replaceAll('+', '%20'));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return /[\u0000-\u001f\u007f]/.test(value) ? undefined : value;
  } catch {
    return undefined;
  }
};

const readUserId = (json: string): string | undefined => {
  try {
    const user = userSchema.safeParse(JSON.parse(json));
    return user.success ? String(user.data.id) : undefined;
  } catch {
    return undefined;
  }
};
