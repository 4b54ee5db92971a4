import { BaseTelegramClient, MemoryStorage } from '@mtcute/node';
import { addPublicKey } from '@mtcute/node/utils.js';
import type { RsaKey } from '#sandbox/crypto/rsa.ts';
import type { Endpoint } from '#sandbox/mtproto/server.ts';

/** An unmodified mtcute client (intermediate transport, a later layer) in memory; end it with `destroy()`. */
export function createMtcuteClient(rsa: RsaKey, endpoint: Endpoint): BaseTelegramClient {
  const dc = { id: endpoint.dcId, ipAddress: endpoint.host, port: endpoint.port };
  const client = new BaseTelegramClient({
    apiId: 1,
    apiHash: 'hash',
    storage: new MemoryStorage(),
    defaultDcs: { main: dc, media: dc },
    logLevel: 0,
  });
  addPublicKey(client.crypto, rsa.publicPem);
  return client;
}
