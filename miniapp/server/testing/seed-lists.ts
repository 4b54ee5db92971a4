import { later } from '#core/duration.ts';
import { createApiToken } from '#db/commands/create-api-token.ts';
import { createInvitation } from '#db/commands/create-invitation.ts';
import { createWebhook } from '#db/commands/create-webhook.ts';
import { disableAccount } from '#db/commands/disable-account.ts';
import { enableAccount } from '#db/commands/enable-account.ts';
import { openAudienceFile } from '#db/commands/open-audience-file.ts';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import type { CommandContext } from '#db/context.ts';
import { publishEvents } from '#db/events.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { communityHit, communitySearch, parseTask } from '#db/schema/index.ts';
import { spreadEvents } from '#db/webhook-deliveries.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import { seedCampaign } from './seed-campaign.ts';
import type { TestServer } from './test-server.ts';

const HOUR_MS = 3_600_000;
const key = Buffer.alloc(32, 6);

/** Rows in each list of a workspace, some of them of one moment. */
export const ROWS = 5;

/** A workspace whose every list has at least `ROWS` rows; answers a sign-in of its owner, and the ids of what has lists. */
export const seedLists = async (
  server: TestServer,
): Promise<{ token: string; ids: Record<string, string> }> => {
  const home = await server.claim('Crowded');
  const { workspaceId, operatorId } = home;
  const { owner } = server.db;
  const context = (): CommandContext => ({
    db: server.db.app,
    workspaceId,
    now: server.business.now,
    actor: { kind: 'operator', operatorId, role: 'owner' },
  });
  const rows = Array.from({ length: ROWS }, (_, index) => `n${index}`);
  const seeded = await seedCampaign(owner, workspaceId, {
    name: 'Crowd',
    status: 'running',
    now: server.business.now,
    lanes: rows.map((name) => ({ name })),
    people: rows.map((name) => ({ name, status: 'pending' })),
  });
  const [accountId = ''] = seeded.accountIds;
  const { webhookId } = await createWebhook(context(), {
    url: 'https://hooks.example.org',
    seal: createWebhookSeal(key),
  });
  const searchIds: string[] = [];

  for (const [index, name] of rows.entries()) {
    // Three rows of each moment, so that pages of two end within one.
    const passed = index % 3 === 0 ? 1 : 0;
    server.business.now = later(server.business.now, passed);
    server.real.now = later(server.real.now, passed);
    const [now, realNow] = [server.business.now, server.real.now];
    const { communityId } = await seedCampaign(owner, workspaceId, { name, status: 'draft', now });
    const [search] = await owner
      .insert(communitySearch)
      .values({ workspaceId, kind: 'words', words: name, status: 'done', createdAt: now })
      .returning({ searchId: communitySearch.id });
    searchIds.push(search?.searchId ?? '');
    await owner
      .insert(communityHit)
      .values({ workspaceId, searchId: searchIds[0] ?? '', communityId, position: index });
    await owner.insert(parseTask).values({
      ...{ workspaceId, communityId, source: 'members', speed: 'safe', priority: 'normal', status: 'done' },
      createdAt: now,
    });
    await (index % 2 ? enableAccount : disableAccount)(context(), { accountId });
    await openAudienceFile(context(), { name: `${name}.csv` });
    await suppressPerson(context(), {
      person: { telegramId: null, username: `quiet_${name}` },
      scope: 'workspace',
      reason: 'asked',
      hashPerson: createHashPerson(key),
    });
    await home.add('viewer');
    await createInvitation(context(), { role: 'viewer', expiresAt: later(now, HOUR_MS) });
    const expiresAt = later(realNow, HOUR_MS);
    await createApiToken(context(), { name, role: 'viewer', createdAt: realNow, expiresAt });
    await createWebhook(context(), { url: 'https://hooks.example.org', seal: createWebhookSeal(key) });
    await server.signIn(home.telegramId);
  }
  await publishEvents(server.db.worker);
  await spreadEvents(server.db.worker);
  const { campaignId } = seeded;
  return {
    token: await server.signIn(home.telegramId),
    ids: { campaignId, accountId, webhookId, searchId: searchIds[0] ?? '' },
  };
};
