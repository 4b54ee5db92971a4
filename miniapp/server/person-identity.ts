import { parseIdentifier } from '#core/audience/identifier.ts';
import { Refused } from '#core/refusals.ts';
import { orRefuse } from '#db/command.ts';
import type { PersonIdentity } from '#db/person-hash.ts';

/** Whom a typed id or username means. Refuses what names nobody, as for targets. */
export const identityOf = (text: string): PersonIdentity => {
  const read = orRefuse(parseIdentifier(text));
  if (read.kind === 'phone') throw new Refused('target.phone_not_supported');
  return read.kind === 'username' ? { username: read.username } : { telegramId: read.telegramId };
};
