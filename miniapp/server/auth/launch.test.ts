import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { BOT_TOKEN, signLaunch } from '#miniapp/server/testing/test-server.ts';
import { createLaunchKey, signInitData } from '#sandbox/botapi/launch.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { judgeLaunch } from './launch.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const token = new Secret(BOT_TOKEN);
const raw = signLaunch('77', now);
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const codeOf = (text: string, at = now) => {
  const verdict = judgeLaunch(text, token, at);
  return verdict.ok ? 'accepted' : verdict.code;
};

describe('a launch', () => {
  it('is accepted as another library signs it, and names its user', () => {
    expect(judgeLaunch(raw, token, now)).toMatchObject({ ok: true, launch: { telegramId: '77' } });
  });

  it('is accepted as Telegram signs it, with start parameter, chat type and third-party signature', () => {
    const user = { id: '123456789012', firstName: 'Zoë & "co" = 100 %', premium: false } as Parameters<
      typeof signInitData
    >[0]['user'];
    const facts = {
      user,
      authDate: now,
      startParam: 'c_1-2',
      chatType: 'sender',
      chatInstance: '-37',
    } as const;
    const signed = signInitData(facts, { id: '4242', token: BOT_TOKEN }, createLaunchKey('seed'));
    expect(judgeLaunch(signed, token, now)).toMatchObject({
      ok: true,
      launch: { telegramId: '123456789012' },
    });
  });

  it('of another bot is unsigned', () => {
    expect(codeOf(signLaunch('77', now, `${BOT_TOKEN}1`))).toBe('launch.unsigned');
  });

  it.each([
    ['is fresh until just before one hour', 3599, 'accepted'],
    ['is stale from one hour on', 3600, 'launch.stale'],
    ['may be ahead of our clock by less than 30 seconds', -29, 'accepted'],
    ['may not be ahead by 30 seconds', -30, 'launch.future'],
  ])('%s', (_, age, code) => {
    expect(codeOf(signLaunch('77', ago(age)))).toBe(code);
  });

  it('has one fingerprint in every spelling, so that a respelt replay is still a replay', () => {
    const [first, ...rest] = raw.split('&');
    const reordered = [...rest, first].join('&');
    const fingerprint = (text: string) => {
      const verdict = judgeLaunch(text, token, now);
      return verdict.ok && verdict.launch.fingerprint.toString('hex');
    };
    expect(fingerprint(reordered)).toBe(fingerprint(raw));
  });

  it.each([
    ['a name that comes twice', `${raw}&auth_date=1`],
    ['a second hash', `${raw}&hash=${'0'.repeat(64)}`],
    ['an empty pair', `${raw}&`],
    ['a pair without a value', `${raw}&x`],
    ['a broken escape', `${raw}&x=%`],
    ['an escape that is no UTF-8', `${raw}&x=%FF`],
    ['a line break that joins two pairs into one', joinedPairs(raw)],
    ['more than 4096 characters', `${raw}&x=${'a'.repeat(4096)}`],
    ['no hash', raw.replace(/&?hash=[0-9a-f]+/, '')],
    ['a hash in capitals', raw.replace(/hash=[0-9a-f]+/, (hash) => `hash=${hash.slice(5).toUpperCase()}`)],
    ['nothing at all', ''],
  ])('with %s is malformed', (_, text) => {
    expect(codeOf(text)).toBe('launch.malformed');
  });

  it('is never accepted after a change to any of its characters', () => {
    const spelling = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%&=+-_.~!*\u0000é';
    const change = fc.record({
      at: fc.nat({ max: raw.length }),
      remove: fc.nat({ max: 3 }),
      insert: fc.array(fc.constantFrom(...spelling), { maxLength: 3 }).map((letters) => letters.join('')),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const mutated = changes.reduce(
          (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
          raw,
        );
        fc.pre(mutated !== raw);
        expect(codeOf(mutated)).not.toBe('accepted');
      }),
      { numRuns: 20_000 },
    );
  });

  it('is accepted in none of a million changed forms', { timeout: 120_000 }, () => {
    const random = createRandom('a million launches');
    const others = [signLaunch('78', ago(60)), signLaunch('77', now, `${BOT_TOKEN}1`)];
    const spelling = [...'0123456789abcdef%&=ZY"{}:,'];
    const changes: ((text: string) => string)[] = [
      (text) => replaceAt(text, random.int(0, text.length - 1), random.pick(spelling)),
      (text) => replaceAt(text, random.int(0, text.length - 1), ''),
      (text) => swapPairs(text, random.pick(others), random.int(0, 7)),
      (text) => `${text}&${random.pick(spelling)}=${random.int(0, 99)}`,
      (text) => text.slice(0, random.int(0, text.length - 1)),
      (text) => text.replace(/auth_date=\d+/, `auth_date=${random.int(1, 2 ** 40)}`),
      (text) => text.replace(/%3A\d+/, `%3A${random.int(1, 2 ** 40)}`),
    ];
    let accepted = 0;
    for (let left = 1_000_000; left > 0; left -= 1) {
      const mutated = random.pick(changes)(random.chance(0.2) ? random.pick(changes)(raw) : raw);
      if (mutated !== raw && judgeLaunch(mutated, token, now).ok) accepted += 1;
    }
    expect(accepted).toBe(0);
  });

  it('is never accepted with its pairs taken from two launches', () => {
    const other = signLaunch('78', ago(60));
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (picks) => {
        const mixed = raw
          .split('&')
          .map((pair, index) => (picks[index] ? other.split('&')[index] : pair))
          .join('&');
        fc.pre(mixed !== raw && mixed !== other);
        expect(codeOf(mixed)).toBe('launch.unsigned');
      }),
    );
  });
});

const replaceAt = (text: string, at: number, letter: string) =>
  text.slice(0, at) + letter + text.slice(at + 1);

/** With the pair at one place taken from another launch. */
function swapPairs(text: string, other: string, place: number): string {
  const taken = other.split('&');
  return text
    .split('&')
    .map((pair, index) => (index === place ? taken[place] : pair))
    .join('&');
}

/** The same signed text, but with the pair before `user` hidden inside one value. */
function joinedPairs(text: string): string {
  const pairs = new Map([...new URLSearchParams(text)]);
  const queryId = pairs.get('query_id') ?? '';
  pairs.delete('query_id');
  const authDate = pairs.get('auth_date') ?? '';
  pairs.set('auth_date', `${authDate}\nquery_id=${queryId}`);
  return new URLSearchParams([...pairs]).toString();
}
