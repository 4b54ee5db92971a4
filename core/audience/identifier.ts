import { parseReference } from '../community/reference.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';
import { isPhoneLike, parsePhone } from './phone.ts';

/** How a person was named: a Telegram id, a username in lower case, or a phone number in E.164 form. */
export type Identifier =
  | { kind: 'telegram_id'; telegramId: string }
  | { kind: 'username'; username: string }
  | { kind: 'phone'; phone: string };

const telegramId = /^[1-9]\d{0,18}$/;

/**
 * Reads one typed identifier. Bare digits are a Telegram id, a leading plus makes a phone number, everything else must
 * be a username in one of its written forms. Refuses with `target.no_identifier`, `target.phone_malformed` for a number
 * without its country, or `target.identifier_malformed`.
 */
export function parseIdentifier(text: string): Verdict<Identifier> {
  const given = text.trim();
  if (given === '' || given === '@') return refuse('target.no_identifier');
  if (telegramId.test(given)) return allow({ kind: 'telegram_id', telegramId: given });
  if (isPhoneLike(given)) {
    const phone = parsePhone(given);
    return phone ? allow({ kind: 'phone', phone }) : refuse('target.phone_malformed');
  }
  const reference = parseReference(given);
  return reference.ok && reference.value.kind === 'username'
    ? allow({ kind: 'username', username: reference.value.username })
    : refuse('target.identifier_malformed', { text: given.slice(0, 64) });
}
