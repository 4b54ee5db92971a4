import type { Endpoint } from '#sandbox/mtproto/server.ts';
import type { TlObject } from '#sandbox/tl/object.ts';

/** help.getConfig's answer with every required field; clients use the data centres and ignore the limits. */
export function configAnswer(thisDc: number, endpoints: Endpoint[]): TlObject {
  const now = Math.floor(Date.now() / 1000);
  return {
    _: 'config',
    date: now,
    expires: now + 3600,
    testMode: false,
    thisDc,
    dcOptions: endpoints.map(({ dcId, host, port }) => ({ _: 'dcOption', id: dcId, ipAddress: host, port })),
    dcTxtDomainName: '',
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
    webfileDcId: thisDc,
  };
}
