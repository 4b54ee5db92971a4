import { ServerProblem } from './problems.ts';

/** The place behind a row of a list by time as opaque text, and back; text nobody gave out is refused. */
export const writeCursor = (at: Date, id: string): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

export const readCursor = (text: string): { at: Date; id: string } => {
  const [, moment, id] =
    /^(\S{24}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(text, 'base64url').toString(),
    ) ?? [];
  const at = new Date(moment ?? '');
  if (!id || Number.isNaN(at.getTime())) throw new ServerProblem('invalid_input', { fields: ['cursor'] });
  return { at, id };
};
