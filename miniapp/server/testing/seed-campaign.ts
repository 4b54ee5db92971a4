import { randomInt, randomUUID } from 'node:crypto';
import { later } from '#core/duration.ts';
import type { AttemptStatus, CampaignStatus, TargetStatus } from '#core/statuses.ts';
import type { Db } from '#db/context.ts';
import {
  account,
  attempt,
  audience,
  campaign,
  campaignAccount,
  community,
  person,
  target,
} from '#db/schema/index.ts';

export type SeededPerson = {
  name: string;
  username?: string;
  status: TargetStatus;
  reason?: string;
  /** Hours from now until they may be tried. */
  waitsHours?: number;
};

export type SeededLane = Partial<
  Pick<
    typeof account.$inferInsert,
    'status' | 'statusError' | 'recoversAt' | 'nextSlotAt' | 'nextSlotBecause'
  >
> & { name: string; username?: string };

export type SeededCampaign = {
  campaignId: string;
  communityId: string;
  accountIds: string[];
  targetIds: string[];
};

/** Rows of one campaign as a worker would have left them, written with the database owner's rights. */
export const seedCampaign = async (
  db: Db,
  workspaceId: string,
  wish: {
    name: string;
    status: CampaignStatus;
    statusBecause?: string;
    community?: string;
    now: Date;
    ageHours?: number;
    people?: SeededPerson[];
    lanes?: SeededLane[];
  },
): Promise<SeededCampaign> => {
  const { now, name, status, people = [], lanes = [] } = wish;
  const createdAt = later(now, -(wish.ageHours ?? 30) * 3_600_000);
  const communityId = randomUUID();
  const audienceId = randomUUID();
  const campaignId = randomUUID();
  await db.insert(community).values({
    id: communityId,
    workspaceId,
    reference: `@c${communityId.slice(0, 8)}`,
    kind: 'supergroup',
    title: wish.community ?? 'Lighthouse Club',
    createdAt,
  });
  await db.insert(audience).values({
    id: audienceId,
    workspaceId,
    name,
    status: 'ready',
    source: {},
    membersCount: people.length,
    createdAt,
  });
  await db.insert(campaign).values({
    id: campaignId,
    workspaceId,
    name,
    platform: 'telegram',
    mode: 'direct_add',
    priority: 'normal',
    status,
    statusBecause: wish.statusBecause ?? null,
    communityId,
    audienceId,
    createdAt,
    startedAt: status === 'draft' ? null : createdAt,
    finishedAt: status === 'finished' ? now : null,
  });

  const accountIds: string[] = [];
  for (const { name: firstName, username, ...state } of lanes) {
    const accountId = randomUUID();
    accountIds.push(accountId);
    await db.insert(account).values({
      id: accountId,
      workspaceId,
      telegramId: String(randomInt(1_000_000, 2_000_000_000)),
      firstName,
      username: username ?? null,
      status: 'active',
      connectedAt: later(createdAt, accountIds.length),
      ...state,
    });
    await db.insert(campaignAccount).values({ campaignId, accountId, workspaceId });
  }

  const targetIds: string[] = [];
  for (const [position, entry] of people.entries()) {
    const at = later(now, -(people.length - position) * 600_000);
    targetIds.push(
      await seedTarget(db, { workspaceId, campaignId, communityId, accountIds, position, at, entry, now }),
    );
  }
  return { campaignId, communityId, accountIds, targetIds };
};

const tried: Partial<Record<TargetStatus, AttemptStatus>> = {
  joined: 'joined',
  already_member: 'already_member',
  refused: 'refused',
};

const seedTarget = async (
  db: Db,
  row: {
    workspaceId: string;
    campaignId: string;
    communityId: string;
    accountIds: string[];
    position: number;
    at: Date;
    entry: SeededPerson;
    now: Date;
  },
): Promise<string> => {
  const { workspaceId, campaignId, communityId, accountIds, position, at, entry, now } = row;
  const personId = randomUUID();
  const targetId = randomUUID();
  await db.insert(person).values({
    id: personId,
    workspaceId,
    telegramId: String(randomInt(1_000_000, 2_000_000_000)),
    username: entry.username ?? null,
    firstName: entry.name,
    isBot: false,
    isDeleted: false,
    isScam: false,
    isPremium: false,
    hasPhoto: true,
    isAdminSomewhere: false,
    lastSeen: 'recently',
    seenAt: at,
  });
  const outcome = tried[entry.status];
  await db.insert(target).values({
    id: targetId,
    workspaceId,
    campaignId,
    personId,
    basis: 'existing_member',
    status: entry.status,
    reason: entry.reason ?? null,
    notBefore: entry.waitsHours === undefined ? null : later(now, entry.waitsHours * 3_600_000),
    position,
    settledAt: outcome ? at : null,
  });
  const accountId = accountIds[position % Math.max(1, accountIds.length)];
  if (outcome && accountId) {
    await db.insert(attempt).values({
      workspaceId,
      campaignId,
      targetId,
      personId,
      accountId,
      communityId,
      leaseToken: 1,
      status: outcome,
      reason: entry.reason ?? null,
      startedAt: at,
      deadlineAt: at,
      countedAt: at,
    });
  }
  return targetId;
};
