import { afterEach, describe, expect, it } from 'vitest';
import type { RpcLine } from '#sandbox/ledger/lines.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import { invitesInto, reportOf, runCampaign } from './testing/campaign.ts';
import { type Stage, setStage } from './testing/stage.ts';

const HOUR_MS = 3_600_000;
/** A week of business in about a minute, and a pause between two invites in some 60 ms. */
const SCALE = 10_000;

let stage: Stage;
afterEach(() => stage.close());

const openStage = async () => {
  stage = await setStage({ scale: SCALE });
  await stage.startWorker({ telegram: { ...stage.telegram.config, callDeadlineMs: 1000 } });
};
const invitees = (lines: readonly RpcLine[]) => lines.flatMap((line) => line.users ?? []);

describe('a campaign', () => {
  it('ends with everybody joined, refused or out of reach, and nobody asked twice', async () => {
    await openStage();
    const accounts = [
      await stage.connect({ firstName: 'Ann' }),
      await stage.connect({ firstName: 'Bob', dcId: 4 }),
    ];
    const { campaignId, chatId } = await runCampaign(stage, accounts, [
      {},
      { invitePrivacy: 'nobody' },
      {},
      { invitePrivacy: 'not_mutual' },
      {},
    ]);
    await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);

    const report = await reportOf(stage, campaignId);
    expect(report.counts).toMatchObject({ joined: 3, refused: 2 });
    const lines = invitesInto(stage, chatId);
    expect(lines.every((line) => line.users?.length === 1)).toBe(true);
    expect(new Set(invitees(lines)).size).toBe(5);
    expect(lines).toHaveLength(5);
    for (const line of lines) {
      const at = Date.parse(line.at);
      const lastHour = lines.filter(
        (other) =>
          other.account === line.account && Date.parse(other.at) > at - HOUR_MS && Date.parse(other.at) <= at,
      );
      expect(lastHour.length).toBeLessThanOrEqual(2);
    }
    expect([...stage.telegram.unknownMethods]).toEqual([]);
    expect(stage.telegram.internalErrors).toEqual([]);
  });

  it.each(['dropAfterEffect', 'noReply'] as const)(
    'settles an invite whose answer was lost (%s) by looking, and never sends it again',
    async (kind) => {
      await openStage();
      const account = await stage.connect({ firstName: 'Ann' });
      stage.telegram.faults.add({
        match: { method: 'channels.inviteToChannel', times: 1 },
        action: { kind },
      });
      const { campaignId, chatId, people } = await runCampaign(stage, [account], [{}]);
      await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);

      expect((await reportOf(stage, campaignId)).counts).toMatchObject({ joined: 1 });
      expect(invitees(invitesInto(stage, chatId))).toEqual([people[0]?.id]);
    },
  );

  it('tries again after an invite that was lost on its way, once it has seen that nobody was added', async () => {
    await openStage();
    const account = await stage.connect({ firstName: 'Ann' });
    const match = { method: 'channels.inviteToChannel', times: 1 };
    stage.telegram.faults.add({ match, action: { kind: 'dropBefore' } });
    const { campaignId, chatId } = await runCampaign(stage, [account], [{}]);
    await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);

    expect((await reportOf(stage, campaignId)).counts).toMatchObject({ joined: 1 });
    expect(invitesInto(stage, chatId)).toHaveLength(1);
  });

  it('keeps still during a wait that Telegram asked for, then goes on with the same person', async () => {
    await openStage();
    const account = await stage.connect({ firstName: 'Ann' });
    stage.telegram.faults.add({
      match: { method: 'channels.inviteToChannel', times: 1 },
      action: { kind: 'rpcError', text: 'FLOOD_WAIT_7200' },
    });
    const { campaignId, chatId, people } = await runCampaign(stage, [account], [{}]);
    const cooling = await stage.event('account.cooling');
    expect(cooling).toMatchObject({ accountId: account.accountId, error: 'FLOOD_WAIT' });
    await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);

    const [refused, again] = invitesInto(stage, chatId);
    expect(refused?.error).toBe('FLOOD_WAIT_7200');
    expect(again?.users).toEqual([people[0]?.id]);
    expect(Date.parse(again?.at ?? '') - Date.parse(refused?.at ?? '')).toBeGreaterThanOrEqual(7_260_000);
    expect((await reportOf(stage, campaignId)).counts).toMatchObject({ joined: 1 });
  });

  it('signs an account out whose session Telegram has ended, and pauses without another one', async () => {
    await openStage();
    const account = await stage.connect({ firstName: 'Ann' });
    stage.telegram.faults.add({
      match: { method: 'channels.inviteToChannel' },
      action: { kind: 'rpcError', text: 'SESSION_REVOKED' },
    });
    const { campaignId, chatId } = await runCampaign(stage, [account], [{}, {}]);
    const signedOut = await stage.event('account.signed_out');
    expect(signedOut).toEqual({ accountId: account.accountId, error: 'SESSION_REVOKED' });
    await stage.event('campaign.paused', (payload) => payload.campaignId === campaignId);
    expect(invitesInto(stage, chatId)).toHaveLength(1);
  });

  it('sees that the people it brought in have left within a day, and stops', async () => {
    await openStage();
    const account = await stage.connect({ firstName: 'Ann' });
    const { campaignId, chatId, people } = await runCampaign(
      stage,
      [account],
      Array.from({ length: 20 }, () => ({})),
    );
    const joined = () => invitesInto(stage, chatId).flatMap((line) => line.added ?? []);
    await stage.until(async () => (joined().length >= 3 ? true : undefined));
    for (const userId of joined().slice(0, 3))
      leaveChat(stage.telegram.world, { chat: chatId, user: userId });
    const paused = await stage.event('campaign.paused', (payload) => payload.campaignId === campaignId);
    expect(paused.because).toBe('breaker_departures');
    expect(joined().length).toBeLessThan(people.length);
  });
});
