import { Refused, refusalKey } from '#core/refusals.ts';
import { DatabaseTooNew } from '#db/migrate.ts';
import { formatDuration } from '#locales/duration.ts';
import { createTranslate } from '#locales/translate.ts';
import { ConfigFaults } from '#process/config/read-variables.ts';
import { scrub } from '#process/scrub.ts';
import { UsageError } from './command.ts';
import { terminalLanguage } from './terminal-language.ts';

/** Errors of parts whose message is already for a person; their classes are not loaded for every command line. */
const TOLD_BY_THEMSELVES = new Set([
  'BotTokenRefused',
  'PortTaken',
  'WebNotBuilt',
  'ChildFailed',
  'DemoFailed',
]);

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  // cannot_connect_now: it is starting or stopping.
  '57P03',
]);
const DATABASE_REFUSES = new Set(['28P01', '28000', '3D000', '42501']);
/** undefined_table, undefined_column, undefined role. */
const DATABASE_TOO_OLD = new Set(['42P01', '42703', '22023']);

/**
 * What to tell a person about a failure, and how the process ends: 2 when the input is at fault, 1 when something outside
 * is. An error nobody foresaw keeps its stack, without secrets.
 */
export function explainFailure(error: unknown): { text: string; exitCode: 1 | 2 } {
  if (error instanceof UsageError || error instanceof ConfigFaults)
    return { text: error.message, exitCode: 2 };
  return { text: scrub(explain(error)), exitCode: 1 };
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof DatabaseTooNew || TOLD_BY_THEMSELVES.has(error.name)) return error.message;
  if (error instanceof Refused) return explainRefusal(error);
  const cause = innermost(error);
  const code = field(cause, 'code');
  if (code === 'EADDRINUSE') {
    return `Port ${field(cause, 'port')} is taken by another program. Stop that one, or choose another port.`;
  }
  if (DATABASE_REFUSES.has(code)) return `The database refuses us: ${cause.message}. Check DATABASE_URL.`;
  if (DATABASE_TOO_OLD.has(code)) return `The database has an older schema. Run: usher migrate`;
  if (UNREACHABLE.has(code)) {
    const place = [field(cause, 'address') || field(cause, 'hostname'), field(cause, 'port')].filter(Boolean);
    return `Cannot reach ${place.join(':') || 'a service'} (${code}). Check that it runs and that its address is right.`;
  }
  return error.stack ?? error.message;
}

/** The sentence of the catalogue, in the language of the terminal, and the wait that Telegram asks for. */
function explainRefusal({ code, facts }: Refused): string {
  const t = createTranslate(terminalLanguage(process.env));
  const sentence = t(refusalKey(code), facts);
  if (typeof facts.seconds !== 'number') return sentence;
  return `${sentence} ${t('wait-asked', { duration: formatDuration(t, facts.seconds * 1000) })}`;
}

/** Libraries wrap what happened; the driver's own error is at the bottom. */
function innermost(error: Error): Error {
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error ? innermost(inner) : error;
}

const field = (error: Error, name: string): string => {
  const value: unknown = Object.entries(error).find(([key]) => key === name)?.[1];
  return value === undefined ? '' : String(value);
};
