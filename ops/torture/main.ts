import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createLifecycle } from '#process/lifecycle.ts';
import { createLogger } from '#process/logger.ts';
import type { TortureOptions } from './shape.ts';
import { torture } from './torture.ts';

/**
 * `npm run torture -- --seed S --minutes M [--queue postgres|redis] [--attempts N] [--json]`: ends with
 * 1 when anything happened that must never happen.
 */
const ATTEMPTS_A_MINUTE = 2_000;

const flags = z.strictObject({
  seed: z.string().min(1).default('1'),
  minutes: z.coerce.number().positive().max(600).default(1),
  queue: z.enum(['postgres', 'redis']).default('postgres'),
  attempts: z.coerce.number().int().positive().optional(),
  json: z.boolean().default(false),
});

function readOptions(): TortureOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      ...{ seed: text, minutes: text, queue: text, attempts: text },
      json: { type: 'boolean' },
    },
  });
  const { attempts, ...given } = flags.parse(values);
  return { ...given, attempts: attempts ?? Math.round(given.minutes * ATTEMPTS_A_MINUTE) };
}

const log = createLogger({ part: 'torture', level: 'warn' });
const lifecycle = createLifecycle({ log });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void lifecycle.stop(signal));
// A database client that writes to a connection just cut throws where nobody can catch it; the work is done anew.
process.on('uncaughtException', (error) => log.warn({ err: error }, 'uncaught'));
let exitCode = 1;
try {
  const options = readOptions();
  const say = (words: string) =>
    void process.stderr.write(`${(performance.now() / 1000).toFixed(1)} s  ${words}\n`);
  const verdict = await Promise.race([
    torture(options, lifecycle, say),
    lifecycle.stopped.then(() => undefined),
  ]);
  if (verdict) {
    for (const { crime, says } of verdict.violations) say(`${crime}: ${says}`);
    process.stdout.write(`${JSON.stringify(verdict.figures, null, options.json ? undefined : 2)}\n`);
    exitCode = verdict.violations.length === 0 ? 0 : 1;
  }
} catch (error) {
  log.error({ err: error }, 'the torture did not run to its end');
}
await lifecycle.stop('done');
process.exit(exitCode);
