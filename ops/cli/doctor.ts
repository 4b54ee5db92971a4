import { once } from 'node:events';
import { connect } from 'node:net';
import { Refused } from '#core/refusals.ts';
import { createDb } from '#db/connect.ts';
import { isSchemaCurrent } from '#db/queries/is-schema-current.ts';
import {
  checkEnvironment,
  PARTS,
  readBotConfig,
  readKeysConfig,
  readWorkerConfig,
} from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import type { Environment } from '#process/config/read-variables.ts';
import { defineCommand, noWords } from './command.ts';
import { explainFailure } from './explain-failure.ts';

const DEADLINE_MS = 5_000;

type Check = { name: string; run(env: Environment): Promise<string> };

/** `usher doctor`: one line a check; ends with 1 when one fails. Changes nothing. */
export const doctor = defineCommand({
  synopsis: '',
  options: {},
  words: noWords,
  async run() {
    const env = readEnvironment();
    checkEnvironment(env, PARTS);
    process.stdout.write('ok    configuration\n');
    let exitCode = 0;
    for (const { name, run } of CHECKS) {
      try {
        process.stdout.write(`ok    ${name}: ${await run(env)}\n`);
      } catch (error) {
        exitCode = 1;
        process.stdout.write(`FAIL  ${name}: ${explainFailure(error).text.split('\n')[0]}\n`);
      }
    }
    return exitCode;
  },
});

const CHECKS: readonly Check[] = [
  {
    name: 'database',
    async run(env) {
      const { db, close } = createDb(readWorkerConfig(env).databaseUrl, { role: 'migrator', max: 1 });
      try {
        return (await isSchemaCurrent(db))
          ? 'reachable, schema of this version'
          : 'reachable, to be migrated at start';
      } finally {
        await close();
      }
    },
  },
  {
    name: 'queue',
    async run(env) {
      const { redisUrl } = readWorkerConfig(env);
      if (!redisUrl) return 'in Postgres';
      const { hostname, port } = new URL(redisUrl);
      const socket = connect({ host: hostname, port: Number(port || 6379), timeout: DEADLINE_MS });
      await once(socket, 'connect', { signal: AbortSignal.timeout(DEADLINE_MS) });
      socket.destroy();
      return 'in Redis, reachable';
    },
  },
  {
    name: 'Telegram library',
    run: async (env) => `${readWorkerConfig(env).telegram.library} (MTPROTO_LIBRARY)`,
  },
  {
    name: 'session keys',
    async run(env) {
      const { sessionKeys } = readKeysConfig(env);
      const answer = await sessionKeys.read();
      sessionKeys.close();
      if (!answer.ok) throw new Refused(`session_keys.${answer.because}`);
      return `${answer.keys.length} readable, ${answer.keys[0].id} seals`;
    },
  },
  {
    name: 'bot token',
    async run(env) {
      const { apiUrl = 'https://api.telegram.org', token } = readBotConfig(env);
      const answer = await fetch(`${apiUrl}/bot${token.reveal()}/getMe`, {
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
      if (!answer.ok)
        throw new Error(`the Bot API refuses BOT_TOKEN (${answer.status}); copy it again from @BotFather`);
      return 'accepted';
    },
  },
];
