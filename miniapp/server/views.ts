import { type Recovery, recoveryMoment } from '#core/account/standing.ts';
import { isBreakerRule } from '#core/breakers/breaker.ts';
import type { Clock } from '#core/clock.ts';
import { isOffered } from '#core/community/search.ts';
import { invitesADay } from '#core/forecast/forecast.ts';
import { includesRole } from '#core/roles.ts';
import type { Membership } from '#db/queries/find-operator.ts';
import type { CampaignDetail as DetailRow } from '#db/queries/get-campaign.ts';
import type { CampaignForecast as ToldForecast } from '#db/queries/get-forecast.ts';
import type { AccountItem } from '#db/queries/list-accounts.ts';
import type { CampaignItem } from '#db/queries/list-campaigns.ts';
import type { CommunityItem } from '#db/queries/list-communities.ts';
import type { CampaignDetail, CampaignSummary, Lane } from '#miniapp/contract/campaigns.ts';
import type { Community } from '#miniapp/contract/communities.ts';
import type { CampaignForecast } from '#miniapp/contract/forecast.ts';
import type { Me, ServerTime } from '#miniapp/contract/session.ts';
import type { Caller } from './auth/callers.ts';

/** How rows look from outside: the contract's shapes, moments as ISO text. */

export const serverTime = ({ clock, timeScale }: { clock: Clock; timeScale: number }): ServerTime => ({
  now: clock.now().toISOString(),
  timeScale,
});

export const meView = (session: Caller, memberships: readonly Membership[], time: ServerTime): Me => ({
  ...time,
  operator: {
    operatorId: session.operatorId,
    firstName: session.firstName,
    language: session.language,
  },
  workspace: { workspaceId: session.workspaceId, name: session.workspaceName },
  role: session.role,
  workspaces: memberships.map(({ workspaceId, workspaceName: name, role }) => ({ workspaceId, name, role })),
  maySteer: includesRole(session.role, 'operator'),
});

export const campaignSummary = (row: CampaignItem): CampaignSummary => ({
  campaignId: row.campaignId,
  name: row.name,
  status: row.status,
  statusBecause: row.statusBecause,
  priority: row.priority,
  mode: row.mode,
  community: row.communityTitle ?? row.communityReference,
  createdAt: row.createdAt.toISOString(),
  startedAt: momentText(row.startedAt),
  finishedAt: momentText(row.finishedAt),
  counts: row.counts,
});

export const campaignDetail = (row: DetailRow, pace: CampaignDetail['pace']): CampaignDetail => ({
  ...campaignSummary(row),
  pace,
  stops: row.stops.map(({ openedAt, ...stop }) => ({ ...stop, openedAt: openedAt.toISOString() })),
  wantsReason: row.status === 'paused' && (row.stops.length > 0 || isBreakerRule(row.statusBecause)),
  lanes: row.lanes.map(laneView),
  reasons: row.reasons,
  waiting: row.waiting.map(({ until, ...rest }) => ({ ...rest, until: until.toISOString() })),
  feed: row.feed.map((entry) => ({
    attemptId: entry.attemptId,
    at: entry.at.toISOString(),
    person: { name: entry.personName, username: entry.personUsername },
    account: { name: entry.accountName, username: entry.accountUsername },
    status: entry.status,
    reason: entry.reason,
  })),
});

export const forecastView = (told: ToldForecast, now: Date): CampaignForecast => ({
  ...told,
  finishesAt: momentText(told.finishesAt),
  invitesADay: invitesADay(told, now),
});

export const laneView = (row: AccountItem): Lane => ({
  accountId: row.accountId,
  name: row.firstName,
  username: row.username,
  status: row.status,
  statusError: row.statusError,
  recovery: row.recovery ? recovery(row.recovery) : null,
  nextSlotAt: momentText(row.nextSlotAt),
  nextSlotBecause: row.nextSlotBecause,
});

const recovery = (way: Recovery): NonNullable<Lane['recovery']> => ({
  by: way.by,
  at: momentText(recoveryMoment(way)),
  appealUrl: way.by === 'appeal' ? way.appealUrl : null,
});

export const momentText = (moment: Date | null): string | null => moment?.toISOString() ?? null;

export const communityView = (row: CommunityItem): Community => ({
  ...row,
  isOffered: isOffered(row),
  lastPostAt: row.lastPostAt?.toISOString() ?? null,
  checkedAt: row.checkedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
