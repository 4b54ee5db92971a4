import { Secret } from '#core/secret.ts';
import type { MtprotoLibrary } from '#core/telegram/mtproto-library.ts';
import { createRsaKey } from '#sandbox/crypto/rsa.ts';
import { createMtprotoServer, type FaultAction, type Handler } from '#sandbox/mtproto/server.ts';
import { telegramSchema, teleprotoSchema } from '#sandbox/tl/layers.ts';
import type { TelegramConfig } from '../config.ts';

/**
 * The protocol core of the offline Telegram with nothing behind it but the handlers given: for tests of what happens
 * on the wire. `faults` are used up in order, one for each call of their method.
 */
export async function startProtocolServer(
  handlers: Record<string, Handler>,
  library: MtprotoLibrary = 'telegram',
) {
  const rsa = createRsaKey();
  const faults: { method: string; action: FaultAction }[] = [];
  const calls: string[] = [];
  let opened = 0;
  const server = createMtprotoServer({
    rsa,
    schemas: [library === 'telegram' ? telegramSchema() : teleprotoSchema()],
    stripLeadingZeros: library === 'telegram',
    hooks: {
      decideFault(_ctx, method) {
        const at = faults.findIndex((fault) => fault.method === method);
        return at < 0 ? undefined : faults.splice(at, 1)[0]?.action;
      },
      onCall: (record) => calls.push(record.method),
    },
  });
  for (const [method, handler] of Object.entries(handlers)) server.on(method, handler);
  const endpoint = await server.listen(2);
  server.on('help.getConfig', () => {
    opened += 1;
    return configOf(endpoint.port);
  });
  const config: TelegramConfig = {
    library,
    apiId: 1,
    apiHash: new Secret('hash'),
    callDeadlineMs: 700,
    connectDeadlineMs: 5000,
    offline: {
      dcMap: { 2: `127.0.0.1:${endpoint.port}` },
      trustedKey: {
        fingerprint: rsa.fingerprint.toString(),
        n: rsa.modulus.toString(),
        e: String(rsa.exponent),
      },
    },
  };
  return {
    config,
    server,
    /** Methods that had their effect, in order. */
    calls,
    /** How many connections have introduced themselves. */
    opened: () => opened,
    fail: (method: string, action: FaultAction) => faults.push({ method, action }),
    close: () => server.close(),
  };
}

const configOf = (port: number) => ({
  _: 'config',
  date: Math.floor(Date.now() / 1000),
  expires: Math.floor(Date.now() / 1000) + 3600,
  testMode: false,
  thisDc: 2,
  dcOptions: [{ _: 'dcOption', id: 2, ipAddress: '127.0.0.1', port }],
  dcTxtDomainName: '',
  chatSizeMax: 200,
  megagroupSizeMax: 200_000,
  forwardedCountMax: 100,
  onlineUpdatePeriodMs: 1,
  offlineBlurTimeoutMs: 1,
  offlineIdleTimeoutMs: 1,
  onlineCloudTimeoutMs: 1,
  notifyCloudDelayMs: 1,
  notifyDefaultDelayMs: 1,
  pushChatPeriodMs: 1,
  pushChatLimit: 1,
  editTimeLimit: 1,
  revokeTimeLimit: 1,
  revokePmTimeLimit: 1,
  ratingEDecay: 1,
  stickersRecentLimit: 1,
  channelsReadMediaPeriod: 1,
  callReceiveTimeoutMs: 1,
  callRingTimeoutMs: 1,
  callConnectTimeoutMs: 1,
  callPacketTimeoutMs: 1,
  meUrlPrefix: '',
  captionLengthMax: 1,
  messageLengthMax: 1,
  webfileDcId: 2,
});
