import { afterEach, expect, it } from 'vitest';
import { createHashPerson } from '#db/person-hash.ts';
import { listSuppressions } from '#db/queries/list-suppressions.ts';
import { kickUser } from '#sandbox/world/commands/kick-user.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import type { User } from '#sandbox/world/types.ts';
import { reportOf, runCampaign } from './testing/campaign.ts';
import { suppressionKey } from './testing/keys.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
afterEach(() => stage.close());

const hashes = createHashPerson(suppressionKey);
/** What the workspace keeps against contacting a person, found by the Telegram id that the call has taught. */
const kept = async ({ id }: User) => {
  const { items } = await listSuppressions(stage.context(), {
    limit: 10,
    hashes: hashes({ telegramId: id }),
  });
  return items.map(({ scope, reason }) => ({ scope, reason }));
};
const untilKept = (user: User) =>
  stage.until(async () => {
    const found = await kept(user);
    return found.length > 0 ? found : undefined;
  });

it('whoever blocked the account, or is blocked by it, is suppressed in the workspace', async () => {
  stage = await setStage({ scale: 10_000 });
  await stage.startWorker({ telegram: { ...stage.telegram.config, callDeadlineMs: 1000 } });
  const account = await stage.connect({ firstName: 'Ann' });
  stage.telegram.faults.add({
    match: { method: 'channels.inviteToChannel', times: 1 },
    action: { kind: 'rpcError', text: 'YOU_BLOCKED_USER' },
  });
  const { campaignId, people } = await runCampaign(
    stage,
    [account],
    [{}, { invitePrivacy: 'blocked_inviter' }],
  );
  await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);
  const found = await Promise.all(people.map(kept));
  expect(found.flat()).toEqual(
    expect.arrayContaining([
      { scope: 'workspace', reason: 'YOU_BLOCKED_USER' },
      { scope: 'workspace', reason: 'USER_IS_BLOCKED' },
    ]),
  );
});

it('whoever was removed, or left within a day of joining, is suppressed for the community', async () => {
  stage = await setStage({ scale: 10_000 });
  await stage.startWorker({ telegram: { ...stage.telegram.config, callDeadlineMs: 1000 } });
  const account = await stage.connect({ firstName: 'Ann' });
  const { world } = stage.telegram;
  const { campaignId, chatId, people } = await runCampaign(stage, [account], [{}, {}, {}]);
  await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);
  expect((await reportOf(stage, campaignId)).counts).toMatchObject({ joined: 3 });
  const [left, removed, stayed] = people as [User, User, User];
  leaveChat(world, { chat: chatId, user: left.id });
  const rights = world.getChat(chatId).admins.get(account.userId);
  if (!rights) throw new Error('the account administers the club');
  rights.banUsers = true;
  kickUser(world, { chat: chatId, user: removed.id, by: account.userId });
  expect(await untilKept(left)).toEqual([{ scope: 'community', reason: 'left_soon' }]);
  expect(await untilKept(removed)).toEqual([{ scope: 'community', reason: 'kicked_soon' }]);
  expect(await kept(stayed)).toEqual([]);
});
