import { z } from 'zod';

/**
 * Shapes of method parameters. Every value may arrive as text, as at Telegram; the message of a failed check is
 * Telegram's sentence after "Bad Request: ".
 */

/** A whole number. */
export const integer = (reason: string) =>
  z.union([z.number(), z.string()], { error: reason }).transform((value, context) => {
    const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isSafeInteger(number)) return number;
    context.addIssue({ code: 'custom', message: reason });
    return z.NEVER;
  });

/** A switch, off unless it says yes. */
export const flag = z
  .union([z.boolean(), z.string(), z.number()])
  .optional()
  .transform((value) => ['true', 'yes', '1'].includes(String(value ?? '').toLowerCase()));

/** Text; numbers are taken as their digits. */
export const text = (reason: string) =>
  z.union([z.string(), z.number()], { error: reason }).transform(String);

/** An object or array, itself or as JSON text. */
export const json = <S extends z.ZodType>(schema: S, reason: string) =>
  z
    .unknown()
    .transform((value, context) => {
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: reason });
        return z.NEVER;
      }
    })
    .pipe(schema);

export const chatId = text('chat_id is empty').refine((value) => value.trim() !== '', 'chat_id is empty');
export const messageId = integer('message identifier is not specified');
export const userId = integer('invalid user_id specified').transform(String);
export const optionalText = z.union([z.string(), z.number()]).optional().transform(optionalString);

function optionalString(value: string | number | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}
