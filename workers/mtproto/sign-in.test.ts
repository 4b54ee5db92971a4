import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefusalCode } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { MTPROTO_LIBRARIES, type MtprotoLibrary } from '#core/telegram/mtproto-library.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import { startTelegram, type TestTelegram } from '../testing/offline.ts';
import { Api } from './library.ts';
import { openLink } from './link.ts';
import { signInByPhone } from './sign-in-by-phone.ts';
import { signInByQr } from './sign-in-by-qr.ts';

let telegram: TestTelegram;
function speakThrough(library: MtprotoLibrary): void {
  beforeAll(async () => {
    telegram = await startTelegram({ library });
  });
  afterAll(() => telegram.close());
}

const secret = (text: string) => async () => new Secret(text);
const noPassword = () => Promise.reject(new Error('no password was expected'));

function newUser(fields: Partial<NewUser> & { phone: string }) {
  return addUser(telegram.world, { firstName: 'Ann', ...fields });
}
const codeOf = (phone: string) => async () => new Secret(telegram.world.loginCode(phone) ?? '');

async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'signed in',
    (thrown: { code?: string }) => thrown.code,
  );
}

describe.each(MTPROTO_LIBRARIES)('signing in by phone over %s', (library) => {
  speakThrough(library);

  it('gives the profile and a session that works', async () => {
    const user = newUser({ phone: '79990001001', username: 'ann_one', premium: true });
    const signedIn = await signInByPhone(telegram.config, {
      phone: new Secret('79990001001'),
      askCode: codeOf('79990001001'),
      askPassword: noPassword,
    });
    expect(signedIn.profile).toEqual({
      telegramId: user.id,
      firstName: 'Ann',
      username: 'ann_one',
      isPremium: true,
    });
    expect(`${signedIn.session}`).toBe('[secret]');
    const session = await telegram.connect(signedIn);
    expect((await session.resolveUsername('ann_one')).ok).toBe(true);
    await session.close();
  });

  it('follows the phone to its data centre and answers the password', async () => {
    newUser({ phone: '79990001002', dcId: 4, password: { value: 'usual-password', hint: 'the usual' } });
    const hints: (string | undefined)[] = [];
    const signedIn = await signInByPhone(telegram.config, {
      phone: new Secret('79990001002'),
      askCode: codeOf('79990001002'),
      askPassword: async ({ hint }) => {
        hints.push(hint);
        return new Secret('usual-password');
      },
    });
    expect(hints).toEqual(['the usual']);
    const session = await telegram.connect(signedIn);
    expect((await session.listMembers({ kind: 'supergroup', telegramId: '1', accessHash: '1' }, 0)).ok).toBe(
      false,
    );
    await session.close();
  });

  it('asks again after a wrong code and a wrong password, and says why', async () => {
    newUser({ phone: '79990001003', password: { value: 'right' } });
    const problems: (RefusalCode | undefined)[] = [];
    const signedIn = await signInByPhone(telegram.config, {
      phone: new Secret('79990001003'),
      askCode: async ({ problem }) => {
        problems.push(problem);
        return problem ? codeOf('79990001003')() : new Secret('00000');
      },
      askPassword: async ({ problem }) => {
        problems.push(problem);
        return new Secret(problem ? 'right' : 'wrong');
      },
    });
    expect(problems).toEqual([undefined, 'account.code_wrong', undefined, 'account.password_wrong']);
    expect(signedIn.profile.firstName).toBe('Ann');
  });

  it('refuses with the reason', async () => {
    newUser({ phone: '79990001004', password: { value: 'right' } });
    newUser({ phone: '79990001005', restriction: 'banned' });
    const attempt = (phone: string, code = codeOf(phone)) =>
      refusalOf(
        signInByPhone(telegram.config, {
          phone: new Secret(phone),
          askCode: code,
          askPassword: secret('wrong'),
        }),
      );
    expect(await attempt('79990001004', secret('00000'))).toBe('account.code_wrong');
    expect(await attempt('79990001004')).toBe('account.password_wrong');
    expect(await attempt('79990001005')).toBe('account.number_banned');
    expect(await attempt('12')).toBe('account.number_invalid');
  });

  it('never signs up a number that has no account', async () => {
    const before = [...telegram.world.listUsers()].length;
    const phone = '79990009999';
    const refusal = await refusalOf(
      signInByPhone(telegram.config, {
        phone: new Secret(phone),
        askCode: codeOf(phone),
        askPassword: noPassword,
      }),
    );
    expect(refusal).toBe('account.number_unregistered');
    expect([...telegram.world.listUsers()]).toHaveLength(before);
  });

  it('ends when it is cancelled, and leaves no connection', async () => {
    newUser({ phone: '79990001006' });
    const cancel = new AbortController();
    const refusal = await refusalOf(
      signInByPhone(
        telegram.config,
        {
          phone: new Secret('79990001006'),
          askCode: () => {
            cancel.abort();
            return new Promise(() => {});
          },
          askPassword: noPassword,
        },
        cancel.signal,
      ),
    );
    expect(refusal).toBe('account.sign_in_failed');
  });
});

describe.each(MTPROTO_LIBRARIES)('signing in by QR over %s', (library) => {
  speakThrough(library);

  /** The owner's phone: signed in already, it accepts what it has scanned. */
  async function acceptOnPhone(owner: { session: Secret }, shown: Secret): Promise<void> {
    const link = await openLink(telegram.config, { session: owner.session.reveal() }, { onEnd: () => {} });
    if (!link.ok) throw new Error(link.failure.error);
    const token = Buffer.from(new URL(shown.reveal()).searchParams.get('token') ?? '', 'base64url');
    const accepted = await link.value.call(new Api.auth.AcceptLoginToken({ token }));
    await link.value.close();
    if (!accepted.ok) throw new Error(accepted.failure.error);
  }

  it('signs in at the data centre of the person who scanned, with their password', async () => {
    const owner = await telegram.signUp({ firstName: 'Qi', dcId: 4, password: { value: 'right' } });
    let shown = 0;
    const signedIn = await signInByQr(telegram.config, {
      showLink: (link, shownMs) => {
        shown += 1;
        expect(shownMs).toBeGreaterThan(1000);
        void acceptOnPhone(owner, link);
      },
      askPassword: secret('right'),
    });
    expect(shown).toBe(1);
    expect(signedIn.profile.telegramId).toBe(owner.user.id);
    expect(signedIn.session.reveal()).not.toBe(owner.session.reveal());
    const session = await telegram.connect(signedIn);
    expect((await session.resolveUsername('nobody_here')).ok).toBe(false);
    await session.close();
  });

  it('shows a new code before the last one expires', async () => {
    const shortLived = await startTelegram({ library, signIn: { qrTokenLifeMs: 1100 } });
    const cancel = new AbortController();
    const links = new Set<string>();
    const refusal = await refusalOf(
      signInByQr(
        shortLived.config,
        {
          showLink: (link) => {
            links.add(link.reveal());
            if (links.size === 2) cancel.abort();
          },
          askPassword: noPassword,
        },
        cancel.signal,
      ),
    );
    await shortLived.close();
    expect(links.size).toBe(2);
    expect(refusal).toBe('account.sign_in_failed');
  });
});
