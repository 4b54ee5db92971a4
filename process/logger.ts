import { type DestinationStream, type Logger, pino } from 'pino';
import { scrub } from './scrub.ts';

export type { Logger } from 'pino';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const SECRET_KEYS = [
  'token',
  'session',
  'password',
  'code',
  'phone',
  'initData',
  'apiHash',
  'authorization',
  'cookie',
];

/**
 * A logger of JSON lines on standard error. Three lines of defence keep secrets out: the `Secret` type prints as
 * `[secret]`, fields with a telling name are redacted, and every finished line is searched for what secrets look like.
 */
export function createLogger({
  part,
  level,
  write = (line) => void process.stderr.write(line),
}: {
  /** Which process speaks; a child logger may say it instead. */
  part?: string;
  level: LogLevel;
  write?: (line: string) => void;
}): Logger {
  const sink: DestinationStream = { write: (line) => write(scrub(line)) };
  return pino(
    {
      level,
      base: part === undefined ? {} : { part },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]),
        censor: '[secret]',
      },
    },
    sink,
  );
}
