import { parseIdentifier } from '#core/audience/identifier.ts';
import { orRefuse } from '#db/command.ts';
import type { PersonIdentity } from '#db/person-hash.ts';

/** Whom a typed id, username or phone number means. Refuses what names nobody, as for targets. */
export const identityOf = (text: string): PersonIdentity => orRefuse(parseIdentifier(text));
