import type { TlObject } from '#sandbox/tl/object.ts';
import type { User } from '#sandbox/world/types.ts';
import type { RpcDeps } from './deps.ts';
import { seconds } from './objects/time.ts';
import type { Serve } from './serve.ts';

export function serveHelp(serve: Serve, { world, dcs }: RpcDeps): void {
  serve.open('help.getConfig', ({ ctx }) => {
    // Clients take the server's time from here, so it is real, not business time.
    const date = seconds(new Date());
    return {
      ...configNumbers,
      date,
      expires: date + 3600,
      thisDc: Math.abs(ctx.dcId),
      dcOptions: dcs().map(({ id, host, port }) => ({ _: 'dcOption', id, ipAddress: host, port })),
    };
  });

  serve.open('help.getNearestDc', ({ ctx }) => ({
    _: 'nearestDc',
    country: 'ZZ',
    thisDc: Math.abs(ctx.dcId),
    nearestDc: Math.abs(ctx.dcId),
  }));

  serve.open('help.getAppConfig', ({ ctx }) => {
    const account = world.findUser(ctx.auth.userId ?? '');
    return { _: 'help.appConfig', hash: 0, config: json(appConfig(account, world.clock.now())) };
  });
}

const freezeDays = 7;

/** The keys a frozen account is told by (core.telegram.org/api/auth#frozen-accounts). */
function appConfig(account: User | undefined, now: Date): Record<string, number | string> {
  const common = { hidden_members_group_size_min: 100 };
  if (account?.restriction !== 'frozen') return common;
  return {
    ...common,
    freeze_since_date: seconds(now),
    freeze_until_date: seconds(now) + freezeDays * 86_400,
    freeze_appeal_url: 'https://t.me/SpamBot',
  };
}

function json(values: Record<string, number | string>): TlObject {
  return {
    _: 'jsonObject',
    value: Object.entries(values).map(([key, value]) => ({
      _: 'jsonObjectValue',
      key,
      value: typeof value === 'number' ? { _: 'jsonNumber', value } : { _: 'jsonString', value },
    })),
  };
}

const configNumbers = {
  _: 'config',
  testMode: false,
  dcTxtDomainName: 'sandbox.invalid',
  chatSizeMax: 200,
  megagroupSizeMax: 200_000,
  forwardedCountMax: 100,
  onlineUpdatePeriodMs: 210_000,
  offlineBlurTimeoutMs: 5000,
  offlineIdleTimeoutMs: 30_000,
  onlineCloudTimeoutMs: 300_000,
  notifyCloudDelayMs: 30_000,
  notifyDefaultDelayMs: 1500,
  pushChatPeriodMs: 60_000,
  pushChatLimit: 2,
  editTimeLimit: 172_800,
  revokeTimeLimit: 2_147_483_647,
  revokePmTimeLimit: 2_147_483_647,
  ratingEDecay: 2_419_200,
  stickersRecentLimit: 200,
  channelsReadMediaPeriod: 604_800,
  callReceiveTimeoutMs: 20_000,
  callRingTimeoutMs: 90_000,
  callConnectTimeoutMs: 30_000,
  callPacketTimeoutMs: 10_000,
  meUrlPrefix: 'https://t.me/',
  captionLengthMax: 1024,
  messageLengthMax: 4096,
  webfileDcId: 4,
};
