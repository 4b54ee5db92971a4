import { z } from 'zod';
import { Secret } from '#core/secret.ts';
import { MTPROTO_LIBRARIES } from '#core/telegram/mtproto-library.ts';
import { LOG_LEVELS } from '../logger.ts';

const key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32);

const keys = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(key));

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/$/, ''));

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not JSON' });
    return z.NEVER;
  }
});

const decimal = z.string().regex(/^-?\d+$/);

/**
 * Every environment variable Usher knows. The description is what a person reads when the value is missing or wrong:
 * what it is, and where to get it.
 */
export const VARIABLES = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe('the address of Postgres, such as postgres://usher:password@localhost:5432/usher'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('the address of Redis, such as redis://localhost:6379; leave it out to queue in Postgres'),
  BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]{30,}$/)
    .transform((text) => new Secret(text))
    .describe('the token of your bot, as @BotFather gave it'),
  BOT_API_URL: url
    .optional()
    .describe('the root of another Bot API server; leave it out for Telegram itself'),
  MINIAPP_URL: url.describe(
    'the address at which people reach the server, such as https://usher.example.org',
  ),
  HOST: z.string().min(1).default('0.0.0.0').describe('the address the server listens on, such as 127.0.0.1'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8080)
    .describe('the port the server listens on, 0 to 65535'),
  TELEGRAM_API_ID: z.coerce
    .number()
    .int()
    .positive()
    .describe('the api_id of your application, from my.telegram.org'),
  TELEGRAM_API_HASH: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .transform((text) => new Secret(text))
    .describe('the api_hash of your application, 32 hexadecimal digits from my.telegram.org'),
  MTPROTO_LIBRARY: z
    .enum(MTPROTO_LIBRARIES)
    .default('telegram')
    .describe(`the library that drives the accounts, one of ${MTPROTO_LIBRARIES.join(', ')}`),
  SESSION_KEY: key
    .optional()
    .describe(
      'seals account sessions: 32 bytes in base64, made with `openssl rand -base64 32`; or give SESSION_KEY_FILE or VAULT_ADDR',
    ),
  OLD_SESSION_KEYS: keys
    .default([])
    .describe('former values of SESSION_KEY, with commas between, until `usher keys rotate` has left none'),
  SESSION_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('a file with one session key a line, the newest first, that its owner alone may read'),
  VAULT_ADDR: url
    .optional()
    .describe('the address of HashiCorp Vault, such as https://vault.example.org:8200'),
  VAULT_ROLE_ID: z
    .string()
    .min(1)
    .optional()
    .describe('the role_id of an AppRole that may read VAULT_KEY_PATH'),
  VAULT_SECRET_ID: z
    .string()
    .min(1)
    .transform((text) => new Secret(text))
    .optional()
    .describe('the secret_id of that AppRole'),
  VAULT_KEY_PATH: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*\/data\/[\w./-]+$/)
    .default('secret/data/usher')
    .describe(
      'the API path of the KV version 2 secret with session_key and old_session_keys: secret/data/usher',
    ),
  VAULT_TRANSIT_KEY: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*\/keys\/[\w.-]+$/)
    .optional()
    .describe(
      'the API path of a key of the transit engine that wraps the key of each session, such as transit/keys/usher; leave it out to read keys at VAULT_KEY_PATH',
    ),
  VAULT_NAMESPACE: z.string().min(1).optional().describe('the namespace in Vault, where there is one'),
  SUPPRESSION_KEY: key.describe(
    'hashes people who must not be contacted and seals the secrets of webhooks: 32 bytes in base64, made with `openssl rand -base64 32`',
  ),
  POLICY_PUBLIC_KEYS: keys
    .default([])
    .describe(
      'whose limit policies are trusted: keys in base64 with commas between, as `usher policy keys` tells',
    ),
  POLICY_SIGNING_KEY: key.describe(
    'signs limit policies: 32 bytes in base64, made with `openssl rand -base64 32`',
  ),
  LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .describe(`one of ${LOG_LEVELS.join(', ')}`),
  LEASE_SECONDS: z.coerce
    .number()
    .int()
    .min(4)
    .max(600)
    .default(30)
    .describe('how long a worker holds an account without a sign of life, 4 to 600 seconds'),
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(64)
    .describe('for how many accounts a worker acts at once, 1 to 1000'),
  USHER_OFFLINE: z.enum(['0', '1']).default('0').describe('1 to use an offline Telegram, else 0 or nothing'),
  USHER_DC_MAP: json
    .pipe(z.record(z.string().regex(/^\d+$/), z.string().regex(/^[^:]+:\d+$/)))
    .refine((map) => Object.keys(map).length > 0)
    .optional()
    .describe('where the offline Telegram listens, such as {"1":"127.0.0.1:9001"}'),
  USHER_TRUSTED_KEY: json
    .pipe(z.object({ fingerprint: decimal, n: decimal, e: decimal }))
    .optional()
    .describe('the public key of the offline Telegram, {"fingerprint":…,"n":…,"e":…} in decimal strings'),
  USHER_TIME_SCALE: z.coerce
    .number()
    .positive()
    .max(1_000_000)
    .default(1)
    .describe('how fast business time runs in an offline Telegram, such as 3600'),
  USHER_TIME_EPOCH_MS: z.coerce
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe('the real moment at which fast time begins, in Unix milliseconds'),
  TRUSTED_HOST_ORIGIN: url
    .optional()
    .describe('the origin of the offline chat page that may frame the Mini App'),
} as const;

export type VariableName = keyof typeof VARIABLES;
export type Values<N extends VariableName> = { [K in N]: z.output<(typeof VARIABLES)[K]> };
