import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { account } from '#db/schema/accounts.ts';
import { restrictUser } from '#sandbox/world/commands/restrict-user.ts';
import { invitesInto, runCampaign } from './testing/campaign.ts';
import { type Stage, setStage } from './testing/stage.ts';

/** A day of business in nine seconds. */
const SCALE = 10_000;

let stage: Stage;
afterEach(() => stage.close());

const openStage = async () => {
  stage = await setStage({ scale: SCALE });
  await stage.startWorker({ telegram: { ...stage.telegram.config, callDeadlineMs: 1000 } });
};

describe('a frozen account', () => {
  it('invites nobody, is told with its dates and appeal, and goes on when Telegram has freed it', async () => {
    await openStage();
    const { accountId, userId } = await stage.connect({ firstName: 'Ann' });
    const spare = await stage.connect({ firstName: 'Bob' });
    const frozen = { user: userId, restriction: 'frozen' } as const;
    const { campaignId, chatId } = await runCampaign(
      stage,
      [{ accountId, userId }, spare],
      [{}, {}, {}, {}, {}, {}],
    );
    restrictUser(stage.telegram.world, frozen);
    const told = await stage.event(
      'account.frozen',
      (payload) => payload.accountId === accountId && payload.appealUrl !== null,
    );
    expect(told).toMatchObject({ appealUrl: 'https://t.me/SpamBot', error: 'FROZEN_METHOD_INVALID' });
    const [row] = await stage.db.owner.select().from(account).where(eq(account.id, accountId));
    expect(row).toMatchObject({ status: 'frozen', freezeAppealUrl: 'https://t.me/SpamBot' });
    expect(row?.freezeUntil).toBeInstanceOf(Date);

    restrictUser(stage.telegram.world, { user: userId, restriction: undefined });
    await stage.event('account.recovered', (payload) => payload.accountId === accountId);
    await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);
    const answered = invitesInto(stage, chatId).filter((line) => line.error === null);
    expect(answered).toHaveLength(6);
  });
});
