import { Secret } from '#core/secret.ts';
import type { MtprotoLibrary } from '#core/telegram/mtproto-library.ts';
import type { UserSession } from '#core/telegram/user-session.ts';
import {
  createOfflineTelegram,
  type OfflineTelegram,
  type OfflineTelegramOptions,
} from '#sandbox/telegram.ts';
import { teleprotoSchema } from '#sandbox/tl/layers.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import type { User } from '#sandbox/world/types.ts';
import type { TelegramConfig } from '../mtproto/config.ts';
import { connectUserSession } from '../mtproto/session.ts';
import type { SignedIn } from '../mtproto/sign-in.ts';
import { signInByPhone } from '../mtproto/sign-in-by-phone.ts';

/** An offline Telegram and what a worker needs to speak to it. */
export type TestTelegram = OfflineTelegram & {
  config: TelegramConfig;
  /** Adds an owner of an account and signs in as them over the wire. */
  signUp(user: NewUser): Promise<SignedIn & { user: User }>;
  connect(signedIn: Pick<SignedIn, 'session'>): Promise<UserSession>;
};

let phones = 0;

export async function startTelegram({
  library = 'telegram',
  ...options
}: Partial<OfflineTelegramOptions> & { library?: MtprotoLibrary } = {}): Promise<TestTelegram> {
  const isFork = library === 'teleproto';
  const telegram = await createOfflineTelegram({
    seed: 7,
    otherLayers: isFork ? [teleprotoSchema()] : [],
    stripLeadingZeros: !isFork,
    ...options,
  });
  const config: TelegramConfig = {
    library,
    apiId: 1,
    apiHash: new Secret('hash'),
    callDeadlineMs: 2000,
    offline: {
      dcMap: Object.fromEntries(telegram.endpoints.map(({ dcId, host, port }) => [dcId, `${host}:${port}`])),
      trustedKey: {
        fingerprint: telegram.rsa.fingerprint.toString(),
        n: telegram.rsa.modulus.toString(),
        e: String(telegram.rsa.exponent),
      },
    },
  };
  return {
    ...telegram,
    config,
    async signUp(fields) {
      phones += 1;
      const phone = `7999${String(phones).padStart(7, '0')}`;
      const user = addUser(telegram.world, { phone, ...fields });
      const signedIn = await signInByPhone(config, {
        phone: new Secret(user.phone ?? phone),
        askCode: async () => new Secret(telegram.world.loginCode(user.phone ?? phone) ?? ''),
        askPassword: async () => new Secret(user.password?.value ?? ''),
      });
      return { ...signedIn, user };
    },
    async connect({ session }) {
      const connected = await connectUserSession(config, () => telegram.clock.now())(session, {
        onEnd: () => {},
      });
      if (!connected.ok) throw new Error(connected.failure.error);
      return connected.value;
    },
  };
}
