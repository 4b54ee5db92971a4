import { eq } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { DAY_MS, later } from '#core/duration.ts';
import { getForecast } from '#db/queries/get-forecast.ts';
import { account, campaign } from '#db/schema/index.ts';
import { draftCampaign, invitesInto, startDraft } from './testing/campaign.ts';
import { type Stage, setStage } from './testing/stage.ts';

/** An hour in fourteen seconds, so that what a call itself takes is small beside a pause. */
const SCALE = 250;

let stage: Stage;
afterEach(() => stage.close());

/** The same number for the same seed and place, 0 to 1. */
const draw = (seed: number, place: number): number => {
  const wave = Math.sin(seed * 12.9898 + place * 78.233) * 43_758.5453;
  return wave - Math.floor(wave);
};

/** How far the told end of a campaign is from its real one, as a share of how long it really took. */
async function missOf(
  accounts: readonly { accountId: string; userId: string }[],
  people: number,
  roll: (invite: number) => number,
): Promise<number> {
  const draft = await draftCampaign(
    stage,
    accounts,
    Array.from({ length: people }, () => ({})),
  );
  let invites = () => 0;
  random = () => roll(Math.max(0, invites() - 1));
  invites = () => invitesInto(stage, draft.chatId).length;
  const asked = stage.context();
  const { campaignId } = draft;
  const told = await getForecast(asked, { campaignId, roll: (_, invite) => roll(invite) });
  await startDraft(stage, draft);
  await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);
  const [row] = await stage.db.owner.select().from(campaign).where(eq(campaign.id, campaignId));
  if (!told?.finishesAt || !row?.startedAt || !row.finishedAt) throw new Error('the campaign has not ended');
  expect(told.invites).toBe(people);
  const toldMs = told.finishesAt.getTime() - asked.now.getTime();
  const realMs = row.finishedAt.getTime() - row.startedAt.getTime();
  return Math.abs(toldMs - realMs) / realMs;
}

let random = () => 0;

const openStage = async () => {
  stage = await setStage({ scale: SCALE });
  await stage.startWorker({ random: () => random() });
};

it('foretells within a tenth when one account has invited everybody, with the pauses that are drawn', async () => {
  await openStage();
  const ann = await stage.connect({ firstName: 'Ann' });
  expect(await missOf([ann], 3, (invite) => draw(7, invite))).toBeLessThanOrEqual(0.1);
});

it('foretells within a tenth when two accounts of different age have, taking turns', async () => {
  await openStage();
  const accounts = [
    await stage.connect({ firstName: 'Ann' }),
    await stage.connect({ firstName: 'Bob', dcId: 4 }),
  ];
  await stage.db.owner
    .update(account)
    .set({ connectedAt: later(stage.clock.now(), -30 * DAY_MS) })
    .where(eq(account.id, accounts[1]?.accountId ?? ''));
  expect(await missOf(accounts, 6, () => 0.5)).toBeLessThanOrEqual(0.1);
});
