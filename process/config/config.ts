import type { Secret } from '#core/secret.ts';
import type { KeySource } from '#core/session-keys.ts';
import type { MtprotoLibrary } from '#core/telegram/mtproto-library.ts';
import type { LogLevel } from '../logger.ts';
import { type Environment, readVariables } from './read-variables.ts';
import { openKeySource } from './session-keys.ts';
import type { Values, VariableName } from './variables.ts';

/** What every process is given. */
export type CommonConfig = {
  databaseUrl: string;
  /** Business time; see `createClock`. */
  time: { scale: number; epochMs: number };
  /** Whose limit policies are trusted. */
  policyKeys: readonly Buffer[];
  logLevel: LogLevel;
};

export type TelegramAccess = {
  library: MtprotoLibrary;
  apiId: number;
  apiHash: Secret;
  /** Undefined means the real Telegram. */
  offline:
    | {
        dcMap: Readonly<Record<string, string>>;
        trustedKey: { fingerprint: string; n: string; e: string };
      }
    | undefined;
};

export type BotConfig = CommonConfig & {
  token: Secret;
  apiUrl: string | undefined;
  miniappUrl: string;
  suppressionKey: Buffer;
};

export type ServerConfig = CommonConfig & {
  host: string;
  port: number;
  botToken: Secret;
  botApiUrl: string | undefined;
  suppressionKey: Buffer;
  /** The chat page of an offline Telegram that may frame the Mini App. */
  trustedHostOrigin: string | undefined;
};

export type WorkerConfig = CommonConfig & {
  redisUrl: string | undefined;
  telegram: TelegramAccess;
  /** Seal and open account sessions. */
  sessionKeys: KeySource;
  suppressionKey: Buffer;
  leaseSeconds: number;
  /** Jobs at once. */
  concurrency: number;
};

const COMMON = [
  'DATABASE_URL',
  'LOG_LEVEL',
  'POLICY_PUBLIC_KEYS',
  'USHER_OFFLINE',
  'USHER_TIME_SCALE',
  'USHER_TIME_EPOCH_MS',
] as const;

const KEYS = [
  'SESSION_KEY',
  'OLD_SESSION_KEYS',
  'SESSION_KEY_FILE',
  'VAULT_ADDR',
  'VAULT_ROLE_ID',
  'VAULT_SECRET_ID',
  'VAULT_KEY_PATH',
  'VAULT_TRANSIT_KEY',
  'VAULT_NAMESPACE',
] as const;

const NAMES = {
  bot: [...COMMON, 'BOT_TOKEN', 'BOT_API_URL', 'MINIAPP_URL', 'SUPPRESSION_KEY'],
  server: [...COMMON, 'HOST', 'PORT', 'BOT_TOKEN', 'BOT_API_URL', 'SUPPRESSION_KEY', 'TRUSTED_HOST_ORIGIN'],
  worker: [
    ...COMMON,
    'REDIS_URL',
    'TELEGRAM_API_ID',
    'TELEGRAM_API_HASH',
    'MTPROTO_LIBRARY',
    ...KEYS,
    'SUPPRESSION_KEY',
    'LEASE_SECONDS',
    'WORKER_CONCURRENCY',
    'USHER_DC_MAP',
    'USHER_TRUSTED_KEY',
  ],
} as const satisfies Record<string, readonly VariableName[]>;

export type Part = keyof typeof NAMES;
export const PARTS: readonly Part[] = ['bot', 'server', 'worker'];

/** Throws ConfigFaults with everything that keeps any of `parts` from starting. */
export const checkEnvironment = (env: Environment, parts: readonly Part[]): void => {
  readVariables<VariableName>(
    env,
    parts.flatMap((part) => [...NAMES[part]]),
  );
};

export function readBotConfig(env: Environment): BotConfig {
  const values = readVariables(env, NAMES.bot);
  return {
    ...common(values),
    token: values.BOT_TOKEN,
    apiUrl: values.BOT_API_URL,
    miniappUrl: values.MINIAPP_URL,
    suppressionKey: values.SUPPRESSION_KEY,
  };
}

export function readServerConfig(env: Environment): ServerConfig {
  const values = readVariables(env, NAMES.server);
  return {
    ...common(values),
    host: values.HOST,
    port: values.PORT,
    botToken: values.BOT_TOKEN,
    botApiUrl: values.BOT_API_URL,
    suppressionKey: values.SUPPRESSION_KEY,
    trustedHostOrigin: values.TRUSTED_HOST_ORIGIN,
  };
}

export function readWorkerConfig(env: Environment): WorkerConfig {
  const values = readVariables(env, NAMES.worker);
  const { USHER_DC_MAP: dcMap, USHER_TRUSTED_KEY: trustedKey } = values;
  return {
    ...common(values),
    redisUrl: values.REDIS_URL,
    telegram: {
      library: values.MTPROTO_LIBRARY,
      apiId: values.TELEGRAM_API_ID,
      apiHash: values.TELEGRAM_API_HASH,
      offline: dcMap && trustedKey ? { dcMap, trustedKey } : undefined,
    },
    sessionKeys: keySource(values),
    suppressionKey: values.SUPPRESSION_KEY,
    leaseSeconds: values.LEASE_SECONDS,
    concurrency: values.WORKER_CONCURRENCY,
  };
}

/** For commands at a terminal that need no more than the database and the clock. */
export const readCommonConfig = (env: Environment): CommonConfig => common(readVariables(env, COMMON));

/** For the terminal that gives sessions a new key: the keys and the database. */
export const readKeysConfig = (env: Environment): CommonConfig & { sessionKeys: KeySource } => {
  const values = readVariables(env, [...COMMON, ...KEYS]);
  return { ...common(values), sessionKeys: keySource(values) };
};

/** For the terminal that erases people again: the key of their hashes, and the database. */
export const readSuppressionConfig = (env: Environment): CommonConfig & { suppressionKey: Buffer } => {
  const values = readVariables(env, [...COMMON, 'SUPPRESSION_KEY']);
  return { ...common(values), suppressionKey: values.SUPPRESSION_KEY };
};

/** The private half that signs limit policies; only whoever publishes needs it. */
export const readPolicySigningKey = (env: Environment): Buffer =>
  readVariables(env, ['POLICY_SIGNING_KEY']).POLICY_SIGNING_KEY;

const common = (values: Values<(typeof COMMON)[number]>): CommonConfig => ({
  databaseUrl: values.DATABASE_URL,
  time: { scale: values.USHER_TIME_SCALE, epochMs: values.USHER_TIME_EPOCH_MS },
  policyKeys: values.POLICY_PUBLIC_KEYS,
  logLevel: values.LOG_LEVEL,
});

const keySource = (values: Values<(typeof KEYS)[number]>): KeySource => {
  const { VAULT_ADDR: address, VAULT_ROLE_ID: roleId, VAULT_SECRET_ID: secretId } = values;
  const { VAULT_KEY_PATH: keyPath, VAULT_NAMESPACE: namespace, VAULT_TRANSIT_KEY: transitKey } = values;
  return openKeySource({
    keys: values.SESSION_KEY
      ? [values.SESSION_KEY, ...values.OLD_SESSION_KEYS]
      : transitKey
        ? values.OLD_SESSION_KEYS
        : [],
    file: values.SESSION_KEY_FILE,
    vault: address && roleId && secretId ? { address, roleId, secretId, keyPath, namespace } : undefined,
    transitKey,
  });
};
