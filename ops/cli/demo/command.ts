import { z } from 'zod';
import { createTranslate } from '#locales/translate.ts';
import { createLifecycle, runProcess } from '#process/lifecycle.ts';
import { createLogger } from '#process/logger.ts';
import { defineCommand, flag, noWords, option } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';
import { runDemo } from './run-demo.ts';

const text = z.string().min(1);

/** `usher demo`: the whole product on this machine, against an offline Telegram. */
export const demo = defineCommand({
  synopsis: '',
  options: {
    once: flag('end when the campaign is finished'),
    json: flag('print one JSON object as the last line'),
    seed: option('<text>', text.default('1'), 'other people; the same seed gives the same counts'),
    scale: option(
      '<number>',
      z.coerce.number().min(1).max(36_000).default(3600),
      'business seconds in a real second, 1 to 36000; 3600 unless given',
    ),
    ledger: option('<file>', text.optional(), 'write down everything that reaches the offline Telegram'),
    queue: option('<where>', z.enum(['postgres', 'redis']).default('postgres'), 'postgres or redis'),
    port: option(
      '<number>',
      z.coerce.number().int().min(1).max(65_535).optional(),
      'the port of the Mini App, 1 to 65535; a free one unless given',
    ),
    people: option(
      '<number>',
      z.coerce.number().int().min(1).max(10_000).default(178),
      'how many of the collected people to invite at most, 1 to 10000; 178 unless given',
    ),
    'lease-seconds': option(
      '<number>',
      z.coerce.number().int().min(3).max(600).default(10),
      'how long a worker holds an account without a sign of life, 3 to 600',
    ),
    'log-level': option('<level>', z.enum(['debug', 'info', 'warn']).default('info'), 'debug, info or warn'),
  },
  words: noWords,
  async run(flags) {
    const log = createLogger({ part: 'demo', level: 'warn' });
    const lifecycle = createLifecycle({ log });
    const ended = runProcess(lifecycle, { log });
    const played = runDemo(
      {
        seed: flags.seed,
        scale: flags.scale,
        queue: flags.queue,
        port: flags.port,
        ledgerFile: flags.ledger,
        collectedLimit: flags.people,
        leaseSeconds: flags['lease-seconds'],
        logLevel: flags['log-level'],
      },
      {
        t: createTranslate(terminalLanguage(process.env)),
        lifecycle,
        output: process.stdout,
        printsJson: flags.json,
        stays: !flags.once,
      },
    );
    try {
      await Promise.race([played, ended]);
      if (flags.once) await lifecycle.stop('played');
      return await ended;
    } catch (error) {
      // Whoever is told to end loses what it stands on: that is no failure.
      if (lifecycle.isStopping) return await ended;
      await lifecycle.stop('failed');
      throw error;
    }
  },
});
