import type { CommunityReference } from '../telegram/user-session.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';

/** Telegram's form of a public name: 4 to 32 letters, digits and underscores, a letter first. */
const username = /^[a-z][a-z0-9_]{3,31}$/i;
/** Only digits would be a phone number: `t.me/+79990000000` leads to a person. */
const inviteHash = /^(?!\d+$)[\w-]{10,64}$/;
/** How Telegram writes the id of a supergroup or channel outside MTProto (core.telegram.org/api/bots/ids). */
const markedId = /^-100([1-9]\d{0,15})$/;
const link = /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.(?:me|dog)\/(.+)$/i;
/** The other form of `t.me/name`. */
const nameLink = /^(?:https?:\/\/)?([a-z]\w+)\.t\.me(?:[/?#].*)?$/i;

/** First parts of a link's path that are Telegram's own pages, not names (core.telegram.org/api/links). */
const reservedPaths = new Set(
  `addemoji addlist addstickers addtheme auction boost call confirmphone contact giftcode invoice joinchat login newbot
  proxy setlanguage share socks`.split(/\s+/),
);

/**
 * Reads every way people write a community: `@name`, `name`, `t.me/name`, `https://t.me/name`, `t.me/+hash`,
 * `t.me/joinchat/hash`, `name.t.me`, `tg://resolve?domain=name`, `tg://join?invite=hash` and `-100…` ids. Links to a
 * message name its community; those to a phone number name nobody here. Refuses with `community.reference_malformed`.
 */
export function parseReference(text: string): Verdict<CommunityReference> {
  const given = text.trim();
  const found =
    fromId(given) ?? fromTgLink(given) ?? fromWebLink(given) ?? fromName(given) ?? fromHash(given);
  return found ? allow(found) : refuse('community.reference_malformed', { reference: given.slice(0, 64) });
}

/** The normal form: `@name` in lower case, `+hash` or `-100…`. Equal references have equal forms. */
export function formatReference(reference: CommunityReference): string {
  switch (reference.kind) {
    case 'username':
      return `@${reference.username.toLowerCase()}`;
    case 'invite_hash':
      return `+${reference.hash}`;
    case 'known_id':
      return `-100${reference.telegramId}`;
  }
}

function fromId(given: string): CommunityReference | undefined {
  const digits = markedId.exec(given)?.[1];
  return digits ? { kind: 'known_id', telegramId: BigInt(digits).toString() } : undefined;
}

function fromTgLink(given: string): CommunityReference | undefined {
  if (!/^tg:/i.test(given) || !URL.canParse(given)) return undefined;
  const { searchParams } = new URL(given);
  const domain = searchParams.get('domain');
  const invite = searchParams.get('invite');
  const channel = searchParams.get('channel');
  if (channel) return fromId(`-100${channel}`);
  if (domain) return fromName(domain);
  return invite ? fromHash(`+${invite}`) : undefined;
}

function fromWebLink(given: string): CommunityReference | undefined {
  const own = nameLink.exec(given)?.[1];
  if (own && own.toLowerCase() !== 'www') return fromName(own);
  const path = link.exec(given)?.[1]?.split(/[?#]/)[0];
  if (!path) return undefined;
  const [first = '', second = ''] = path.split('/');
  if (first === 'joinchat') return fromHash(`+${second}`);
  if (first === 'c') return fromId(`-100${second}`);
  if (first === 's' || first === 'boost') return fromName(second);
  if (first.startsWith('+')) return fromHash(first);
  return reservedPaths.has(first.toLowerCase()) ? undefined : fromName(first);
}

function fromName(given: string): CommunityReference | undefined {
  const name = given.startsWith('@') ? given.slice(1) : given;
  return username.test(name) ? { kind: 'username', username: name.toLowerCase() } : undefined;
}

function fromHash(given: string): CommunityReference | undefined {
  const hash = given.startsWith('+') ? given.slice(1) : '';
  return inviteHash.test(hash) ? { kind: 'invite_hash', hash } : undefined;
}
