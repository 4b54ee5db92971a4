import { Api, type TelegramClient } from 'telegram';
import { computeCheck } from 'telegram/Password.js';
import { afterAll, afterEach, beforeAll, expect, onTestFinished } from 'vitest';
import type { Endpoint } from '#sandbox/mtproto/server.ts';
import {
  createOfflineTelegram,
  type OfflineTelegram,
  type OfflineTelegramOptions,
} from '#sandbox/telegram.ts';
import { createGramjsClient, type GramjsOptions } from '#sandbox/testing/gramjs-client.ts';
import { createMtcuteClient } from '#sandbox/testing/mtcute-client.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import type { User } from '#sandbox/world/types.ts';

type ConnectOptions = Partial<GramjsOptions> & { dcId?: number };

export type Fixture = {
  readonly telegram: OfflineTelegram;
  /** A connected GramJS client that begins at data centre 2, destroyed when the test ends. */
  connect(options?: ConnectOptions): Promise<TelegramClient>;
  /** A GramJS client signed in by code, and by password where there is one. */
  signIn(user: User, options?: ConnectOptions): Promise<TelegramClient>;
  /** A new account with a phone of its own, signed in. */
  newAccount(fields?: Partial<NewUser>): Promise<{ user: User; client: TelegramClient }>;
  /** An mtcute client, destroyed when the test ends. */
  mtcute(dcId?: number): ReturnType<typeof createMtcuteClient>;
};

/**
 * An offline Telegram for a test file. After every test it expects that no client called an unknown method and no
 * handler failed or answered what its layer cannot encode.
 */
export function setUpTelegram(options: Partial<OfflineTelegramOptions> = {}): Fixture {
  let telegram: OfflineTelegram;
  let nextNumber = 1;
  beforeAll(async () => {
    telegram = await createOfflineTelegram({ seed: 1, ...options });
  });
  afterEach(() => {
    expect([...telegram.unknownMethods]).toEqual([]);
    expect(telegram.internalErrors).toEqual([]);
    telegram.faults.clear();
  });
  afterAll(() => telegram.close());

  const fixture: Fixture = {
    get telegram() {
      return telegram;
    },
    async connect({ dcId = 2, ...rest } = {}) {
      const isHome = (endpoint: Endpoint) => endpoint.dcId === dcId;
      const others = telegram.endpoints.filter((endpoint) => !isHome(endpoint));
      const endpoints = [...telegram.endpoints.filter(isHome), ...others];
      const client = createGramjsClient({ rsa: telegram.rsa, endpoints, ...rest });
      onTestFinished(() => client.destroy());
      expect(await client.connect()).toBe(true);
      return client;
    },
    async signIn(user, connectOptions) {
      const client = await fixture.connect({ dcId: user.dcId, ...connectOptions });
      await signInByCode(client, user);
      return client;
    },
    async newAccount(fields) {
      const dcId = fields?.dcId ?? 2;
      const phone = `99966${dcId}${String(nextNumber++).padStart(4, '0')}`;
      const user = addUser(telegram.world, { firstName: 'Account', phone, ...fields });
      return { user, client: await fixture.signIn(user) };
    },
    mtcute(dcId = 2) {
      const endpoint = telegram.endpoints.find((candidate) => candidate.dcId === dcId);
      if (!endpoint) throw new Error(`no data centre ${dcId}`);
      const client = createMtcuteClient(telegram.rsa, endpoint);
      onTestFinished(() => client.destroy());
      return client;
    },
  };
  return fixture;
}

export async function sendCode(client: TelegramClient, phoneNumber: string): Promise<Api.auth.SentCode> {
  const settings = new Api.CodeSettings({});
  const sent = await client.invoke(
    new Api.auth.SendCode({ phoneNumber, apiId: 1, apiHash: 'hash', settings }),
  );
  if (!(sent instanceof Api.auth.SentCode)) throw new Error(sent.className);
  return sent;
}

export async function signInByCode(
  client: TelegramClient,
  { phone = '', dcId, password }: User,
): Promise<void> {
  const { phoneCodeHash } = await sendCode(client, phone);
  const request = new Api.auth.SignIn({
    phoneNumber: phone,
    phoneCodeHash,
    phoneCode: String(dcId).repeat(5),
  });
  try {
    await client.invoke(request);
  } catch (error) {
    if (!password || errorText(error) !== 'SESSION_PASSWORD_NEEDED') throw error;
    await checkPassword(client, password.value);
  }
}

export async function checkPassword(
  client: TelegramClient,
  password: string,
): Promise<Api.auth.TypeAuthorization> {
  const account = await client.invoke(new Api.account.GetPassword());
  return client.invoke(new Api.auth.CheckPassword({ password: await computeCheck(account, password) }));
}

/** Telegram's own text of a GramJS error. */
export function errorText(error: unknown): string {
  return typeof error === 'object' && error !== null && 'errorMessage' in error
    ? String(error.errorMessage)
    : String(error);
}

/** What a call was refused with; fails when it was not. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    (answer) => Promise.reject(new Error(`answered ${JSON.stringify(answer)}`)),
    (error: unknown) => errorText(error),
  );
}
