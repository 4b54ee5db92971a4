import { z } from 'zod';
import type { BotAccount } from '#sandbox/botapi/bot-account.ts';
import type { UserId } from '#sandbox/world/types.ts';
import { ControlError } from './control-error.ts';

const MAX_KEYS = 1024;
const key = z.string().regex(/^[\w-]{1,128}$/);
const keys = z.union([key.transform((one) => [one]), z.array(key)]);

/** CloudStorage of Mini Apps (core.telegram.org/bots/webapps#cloudstorage). Throws with Telegram's reason. */
export function runCustomMethod(account: BotAccount, user: UserId, method: string, params: object): unknown {
  const storage = account.cloudStorage.get(user) ?? new Map<string, string>();
  account.cloudStorage.set(user, storage);
  switch (method) {
    case 'saveStorageValue': {
      const entry = parse(z.object({ key, value: z.string().max(4096) }), params);
      if (!storage.has(entry.key) && storage.size >= MAX_KEYS) throw refused('QUOTA_EXCEEDED');
      storage.set(entry.key, entry.value);
      return true;
    }
    case 'getStorageValues': {
      const wanted = parse(z.object({ keys }), params).keys;
      return Object.fromEntries(wanted.map((name) => [name, storage.get(name) ?? '']));
    }
    case 'deleteStorageValues': {
      for (const name of parse(z.object({ keys }), params).keys) storage.delete(name);
      return true;
    }
    case 'getStorageKeys':
      return [...storage.keys()];
    default:
      throw refused('UNKNOWN_METHOD');
  }
}

function parse<S extends z.ZodType>(schema: S, params: object): z.output<S> {
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw refused('DATA_INVALID');
  return parsed.data;
}

const refused = (reason: string) => new ControlError(409, 'custom_method.refused', reason);
