import { z } from 'zod';
import { migrate } from '#db/migrate.ts';
import { createClock } from '#process/clock.ts';
import {
  type CommonConfig,
  checkEnvironment,
  PARTS,
  type Part,
  readBotConfig,
  readServerConfig,
  readWorkerConfig,
} from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import type { Environment } from '#process/config/read-variables.ts';
import { createLifecycle, type Lifecycle, runProcess } from '#process/lifecycle.ts';
import { createLogger, type Logger } from '#process/logger.ts';
import { readMachine } from '#process/machine.ts';
import { defineCommand, flag } from './command.ts';

/** `usher start`: prints a line for each part once it works, and lives until it is told to end. */
export const start = defineCommand({
  synopsis: PARTS.map((part) => `[${part}]`).join(' '),
  options: { 'ends-with-stdin': flag('end when standard input closes, for a process started by another') },
  words: z.array(z.enum(PARTS)),
  async run(flags, named) {
    const env = readEnvironment();
    const parts = named.length > 0 ? [...new Set(named)] : PARTS;
    const [only] = parts.length === 1 ? parts : [];
    checkEnvironment(env, parts);
    const log = createLogger({
      part: only ?? 'usher',
      level: STARTERS[parts[0] ?? 'bot'].read(env).logLevel,
    });
    const lifecycle = createLifecycle({ log });
    const ended = runProcess(lifecycle, { log, endsWithParent: flags['ends-with-stdin'] });
    try {
      await Promise.race([ended, startParts(parts, env, lifecycle, log)]);
    } catch (error) {
      await lifecycle.stop('a part did not start');
      throw error;
    }
    return ended;
  },
});

/** Brings the database to this version's schema, then starts the parts one after the other. */
async function startParts(parts: readonly Part[], env: Environment, lifecycle: Lifecycle, log: Logger) {
  for (const [index, part] of parts.entries()) {
    const starter = STARTERS[part];
    if (index === 0) await migrate(starter.read(env).databaseUrl);
    const running = await starter.start(env, parts.length > 1 ? log.child({ part }) : log);
    lifecycle.onStop(part, running.stop);
    process.stdout.write(`${part}: ${running.says}\n`);
  }
}

type Running = { says: string; stop(): Promise<void> };

/** Each loads its part's libraries when it is asked for, so that one part alone stays small. */
const STARTERS: Record<
  Part,
  { read(env: Environment): CommonConfig; start(env: Environment, log: Logger): Promise<Running> }
> = {
  bot: {
    read: readBotConfig,
    async start(env, log) {
      const { startBot } = await import('#bot/main.ts');
      const config = readBotConfig(env);
      const { username, stop } = await startBot({ ...config, clock: createClock(config.time), log });
      return { says: `@${username} answers`, stop };
    },
  },
  server: {
    read: readServerConfig,
    async start(env, log) {
      const { startServer } = await import('#miniapp/server/main.ts');
      const { trustedHostOrigin: hostOrigin, time, ...config } = readServerConfig(env);
      const clock = createClock(time);
      const { url, stop } = await startServer({ ...config, clock, timeScale: time.scale, hostOrigin, log });
      return { says: url, stop };
    },
  },
  worker: {
    read: readWorkerConfig,
    async start(env, log) {
      const { startWorker } = await import('#workers/main.ts');
      const { time, ...config } = readWorkerConfig(env);
      const { stop } = await startWorker({
        ...config,
        clock: createClock(time),
        machine: readMachine(),
        log,
      });
      return { says: 'at work', stop };
    },
  },
};
