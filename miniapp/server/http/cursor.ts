import { ServerProblem } from './problems.ts';

/** What tells rows of one moment apart. */
const KEYS = { id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, number: /^\d{1,15}$/ };

/** The place behind a row of a list by time as opaque text, and back; text nobody gave out is refused. */
export const writeCursor = (at: Date, key: string): string =>
  Buffer.from(`${at.toISOString()} ${key}`).toString('base64url');

export const readCursor = (text: string, of: keyof typeof KEYS): { at: Date; key: string } => {
  const [, moment, key = ''] = /^(\S{24}) (\S+)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const at = new Date(moment ?? '');
  if (!KEYS[of].test(key) || Number.isNaN(at.getTime())) {
    throw new ServerProblem('invalid_input', { fields: ['cursor'] });
  }
  return { at, key };
};

/** The same for a list by position. */
export const writePosition = (position: number | undefined): string | null =>
  position === undefined ? null : Buffer.from(`p${position}`).toString('base64url');

export const readPosition = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const [, position] = /^p(\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (position === undefined) throw new ServerProblem('invalid_input', { fields: ['cursor'] });
  return Number(position);
};
