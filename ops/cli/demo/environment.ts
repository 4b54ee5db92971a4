import { randomBytes } from 'node:crypto';
import { createPolicySigner } from '#db/policy-signature.ts';
import { VARIABLES } from '#process/config/variables.ts';
import type { SandboxAddresses } from '#sandbox/compose.ts';
import type { DemoCast } from '#sandbox/scenarios/cast.ts';
import type { DemoOptions } from './options.ts';

/** The environment of the parts that play on an offline Telegram. Every variable is named, so that nothing of the surrounding one leaks in. */
export function stageEnvironment(stage: {
  options: Pick<DemoOptions, 'scale' | 'leaseSeconds' | 'logLevel'>;
  epochMs: number;
  sandbox: SandboxAddresses;
  cast: Pick<DemoCast, 'bot'>;
  databaseUrl: string;
  redisUrl: string;
  port: number;
}): Record<string, string> {
  const { options, sandbox } = stage;
  const policySeed = randomBytes(32);
  const dcMap = Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`]));
  return {
    ...Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, ''])),
    DATABASE_URL: stage.databaseUrl,
    REDIS_URL: stage.redisUrl,
    BOT_TOKEN: stage.cast.bot.token,
    BOT_API_URL: sandbox.botApi.url,
    HOST: '127.0.0.1',
    PORT: String(stage.port),
    MINIAPP_URL: `http://127.0.0.1:${stage.port}`,
    TRUSTED_HOST_ORIGIN: sandbox.web.url,
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: randomBytes(16).toString('hex'),
    SESSION_KEY: randomBytes(32).toString('base64'),
    SUPPRESSION_KEY: randomBytes(32).toString('base64'),
    POLICY_SIGNING_KEY: policySeed.toString('base64'),
    POLICY_PUBLIC_KEYS: createPolicySigner(policySeed).publicKey.toString('base64'),
    LEASE_SECONDS: String(options.leaseSeconds),
    LOG_LEVEL: options.logLevel,
    USHER_OFFLINE: '1',
    USHER_DC_MAP: JSON.stringify(dcMap),
    USHER_TRUSTED_KEY: JSON.stringify(sandbox.rsaPublicKey),
    USHER_TIME_SCALE: String(options.scale),
    USHER_TIME_EPOCH_MS: String(stage.epochMs),
  };
}
