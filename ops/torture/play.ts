import type { Actor } from '#core/roles.ts';
import { Secret } from '#core/secret.ts';
import { newestKey } from '#core/session-keys.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import type { CommandContext } from '#db/context.ts';
import { createHashPerson, type HashPerson } from '#db/person-hash.ts';
import { listParseTasks } from '#db/queries/list-parse-tasks.ts';
import { sealSession } from '#db/seal.ts';
import { signInByPhone } from '#workers/main.ts';
import { launchCampaign, makeAudience } from '../cli/launch-campaign.ts';
import { waitUntil } from '../cli/wait-until.ts';
import { clubOf, crowdOf, typedRows, worksIn } from './cast.ts';
import { COMMUNITIES } from './shape.ts';
import type { Stage } from './stage.ts';

export type Play = {
  context: () => CommandContext;
  hashPerson: HashPerson;
  /** Each with the number of targets it must have for ever. */
  campaigns: readonly { campaignId: string; targets: number }[];
};

/** Sign-ins at once: each is a handshake and a password's worth of arithmetic on both sides. */
const SIGN_INS_AT_ONCE = 6;

/** Signs the accounts in, collects every crowd and starts a campaign for each club, two of them for some. */
export async function play(stage: Stage, say: (words: string) => void): Promise<Play> {
  const context = await claim(stage);
  const accountIds = await connectAll(stage, context);
  say('accounts are signed in');
  const tasks = await collect(context, accountIds);
  say('crowds are read');
  const hashPerson = createHashPerson(stage.workerConfig.suppressionKey);
  const communities = Array.from({ length: COMMUNITIES }, (_, n) => n);
  const plans = [
    ...communities.map((club) => ({ name: `Club ${club}`, club, crowds: [club], typed: false })),
    // The same people again, and the neighbours: two campaigns on one community share its limits and its people.
    { name: 'Club 0 again', club: 0, crowds: [0, 1], typed: false },
    { name: 'Club 3 again', club: 3, crowds: [3, 4], typed: false },
    { name: 'Club 5 by name', club: 5, crowds: [], typed: true },
  ];
  const campaigns = await Promise.all(
    plans.map(async ({ name, club, crowds, typed }) => {
      const taskIds = tasks.filter(({ crowd }) => crowds.includes(crowd)).map(({ taskId }) => taskId);
      const { audienceId, members } = await makeAudience(context, {
        name,
        source: { taskIds, ...(typed && { typed: typedRows(), typedBasis: 'opted_in' as const }) },
      });
      const campaignId = await launchCampaign(context, {
        ...{ name, audienceId, hashPerson, reference: clubOf(club) },
        accountIds: accountIds.filter((_, account) => worksIn(account, club)),
      });
      return { campaignId, targets: members };
    }),
  );
  return { context, hashPerson, campaigns };
}

async function claim({ migrator, app, clock }: Stage): Promise<() => CommandContext> {
  const { workspaceId, operatorId } = await claimWorkspace(migrator.db, {
    name: 'Torture',
    owner: { telegramId: '1', firstName: 'Owner', language: 'en' },
    now: clock.now(),
  });
  const actor: Actor = { kind: 'operator', operatorId, role: 'owner' };
  const context = () => ({ db: app.db, actor, workspaceId, now: clock.now() });
  await acknowledgeCollected(context(), { text: 'These people know our community and may be invited.' });
  return context;
}

/** Resolves with the accounts' ids in the cast's order. */
async function connectAll(stage: Stage, context: () => CommandContext): Promise<string[]> {
  const { accounts } = stage.cast;
  const ids: string[] = [];
  const queue = accounts.entries();
  const work = async () => {
    for (const [index, account] of queue) {
      const { profile, session } = await signInByPhone(stage.workerConfig.telegram, {
        phone: new Secret(account.phone),
        askCode: async () => new Secret(await stage.control.code(account.phone)),
        askPassword: async () => new Secret(''),
      });
      const now = context();
      const { workspaceId } = now;
      const key = await newestKey(stage.workerConfig.sessionKeys);
      const { accountId } = await connectAccount(now, {
        profile,
        seal: (id) => sealSession(key, { workspaceId, accountId: id }, session),
      });
      ids[index] = accountId;
    }
  };
  await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, work));
  return ids;
}

/** Every account reads the crowds of the clubs it works in, because a reference to a person is its own. */
async function collect(
  context: () => CommandContext,
  accountIds: readonly string[],
): Promise<{ crowd: number; taskId: string }[]> {
  const tasks: { crowd: number; taskId: string }[] = [];
  for (let crowd = 0; crowd < COMMUNITIES; crowd += 1) {
    const { communityId } = await requestCommunity(context(), { reference: crowdOf(crowd) });
    for (const accountId of accountIds.filter((_, account) => worksIn(account, crowd))) {
      const order = { communityId, source: 'members', speed: 'fast', priority: 'high', accountId } as const;
      tasks.push({ crowd, taskId: (await createParseTask(context(), order)).taskId });
    }
  }
  await waitUntil(async () => {
    const seen = await listParseTasks(context());
    const failed = seen.find(({ status }) => ['refused', 'failed', 'cancelled'].includes(status));
    if (failed) throw new Error(`${failed.communityReference} could not be read: ${failed.reason}`);
    return seen.every(({ status }) => status === 'done') || undefined;
  });
  return tasks;
}
