import { Api, type TelegramClient } from 'telegram';
import type { CrowdCast } from '#sandbox/scenarios/cast.ts';
import { createGramjsClient } from '#sandbox/testing/gramjs-client.ts';
import type { Crowd } from './crowd-process.ts';

/** An unmodified client, signed in as an account of the crowd and connected. */
export async function signInBare(
  { sandbox }: Crowd,
  account: CrowdCast['accounts'][number],
): Promise<TelegramClient> {
  const { fingerprint, n, e } = sandbox.rsaPublicKey;
  const home = sandbox.dcs.filter(({ id }) => id === account.dcId);
  const client = createGramjsClient({
    rsa: { fingerprint: BigInt(fingerprint), modulus: BigInt(n), exponent: Number(e) },
    endpoints: home.map(({ id, port }) => ({ dcId: id, host: '127.0.0.1', port })),
  });
  await client.connect();
  const { phoneCodeHash } = await client.sendCode({ apiId: 1, apiHash: 'offline' }, account.phone);
  await client.invoke(
    new Api.auth.SignIn({ phoneNumber: account.phone, phoneCodeHash, phoneCode: account.code }),
  );
  return client;
}
