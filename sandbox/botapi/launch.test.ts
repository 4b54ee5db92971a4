import { createPublicKey, verify } from 'node:crypto';
import { parse, sign, validate } from '@tma.js/init-data-node';
import { describe, expect, it } from 'vitest';
import { TOKEN } from '#sandbox/testing/bot-token.ts';
import type { User } from '#sandbox/world/types.ts';
import { createLaunchKey, launchUrl, signInitData } from './launch.ts';

const bot = { id: '7000000001', token: TOKEN };
const user: User = {
  id: '1000000001',
  firstName: 'Анна & Co',
  lastName: 'O=Neil',
  username: 'anna',
  languageCode: 'ru',
  premium: true,
  lastSeen: { kind: 'recently' },
  invitePrivacy: 'everybody',
  dcId: 2,
};
const key = createLaunchKey('seed');

describe('signInitData', () => {
  it('is accepted by init-data-node and says who launched and with what', () => {
    const raw = signInitData({ user, authDate: new Date(), startParam: 'c_42', queryId: 'AAE' }, bot, key);
    expect(() => validate(raw, bot.token)).not.toThrow();
    expect(parse(raw)).toMatchObject({
      user: { id: 1000000001, first_name: 'Анна & Co', last_name: 'O=Neil', language_code: 'ru' },
      start_param: 'c_42',
    });
  });

  it('makes the same hash as init-data-node signing the same fields', () => {
    const authDate = new Date(1_700_000_000_000);
    const raw = new URLSearchParams(signInitData({ user, authDate, startParam: 'x' }, bot, key));
    const theirs = new URLSearchParams(
      sign(
        {
          user: JSON.parse(raw.get('user') ?? ''),
          start_param: 'x',
          signature: raw.get('signature') ?? '',
        },
        bot.token,
        authDate,
      ),
    );
    expect(theirs.get('user')).toBe(raw.get('user'));
    expect(raw.get('hash')).toBe(theirs.get('hash'));
  });

  it('is refused after any change, under another token and when it is old', () => {
    const raw = signInitData({ user, authDate: new Date(), startParam: 'c_1' }, bot, key);
    expect(() => validate(raw.replace('c_1', 'c_2'), bot.token)).toThrow();
    expect(() => validate(raw, `${bot.token}x`)).toThrow();
    const old = signInitData({ user, authDate: new Date(Date.now() - 7_200_000) }, bot, key);
    expect(() => validate(old, bot.token, { expiresIn: 3600 })).toThrow();
  });

  it('carries a signature third parties can verify with the published key', () => {
    const raw = new URLSearchParams(signInitData({ user, authDate: new Date() }, bot, key));
    const text = [...raw]
      .filter(([name]) => name !== 'hash' && name !== 'signature')
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join('\n');
    const publicKey = createPublicKey({
      key: Buffer.concat([
        Buffer.from('302a300506032b6570032100', 'hex'),
        Buffer.from(key.publicKeyHex, 'hex'),
      ]),
      format: 'der',
      type: 'spki',
    });
    const signature = Buffer.from(raw.get('signature') ?? '', 'base64url');
    expect(verify(null, Buffer.from(`${bot.id}:WebAppData\n${text}`), publicKey, signature)).toBe(true);
  });
});

describe('launchUrl', () => {
  const look = { initData: 'user=%7B%7D&hash=aa', themeParams: { bg_color: '#ffffff' }, startParam: 'c_1' };

  it('puts the launch into the fragment and the start parameter into the query', () => {
    const url = new URL(launchUrl('http://127.0.0.1:5000/app?x=1', look));
    expect(url.searchParams.get('tgWebAppStartParam')).toBe('c_1');
    expect(url.searchParams.get('x')).toBe('1');
    const fragment = new URLSearchParams(url.hash.slice(1));
    expect(fragment.get('tgWebAppData')).toBe(look.initData);
    expect(JSON.parse(fragment.get('tgWebAppThemeParams') ?? '')).toEqual(look.themeParams);
  });

  it('keeps a fragment the app already had', () => {
    expect(launchUrl('http://127.0.0.1/#/c/1', look)).toContain('#/c/1?tgWebAppData=');
  });
});
