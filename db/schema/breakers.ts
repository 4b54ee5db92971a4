import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { BREAKERS } from '#core/breakers/breaker.ts';
import { campaign } from './campaigns.ts';
import { id, moment } from './columns.ts';
import { community } from './communities.ts';
import { workspace } from './team.ts';

export const breakerEnum = pgEnum('breaker_kind', BREAKERS);

/** Every time a breaker opened, with what was counted, and who closed it why. Evidence counts from the last closing. */
export const breaker = pgTable(
  'breaker',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    kind: breakerEnum('kind').notNull(),
    communityId: uuid('community_id')
      .notNull()
      .references(() => community.id),
    /** Null when it stops every campaign into the community. */
    campaignId: uuid('campaign_id').references(() => campaign.id),
    counted: integer('counted').notNull(),
    /** Of how many, where a share counts. */
    sample: integer('sample'),
    allowed: integer('allowed').notNull(),
    openedAt: moment('opened_at').notNull(),
    closedAt: moment('closed_at'),
    closedBy: jsonb('closed_by'),
    closeReason: text('close_reason'),
  },
  (t) => [
    uniqueIndex('breaker_open')
      .on(t.communityId, t.kind, sql`coalesce(campaign_id, community_id)`)
      .where(sql`closed_at is null`),
    index('breaker_campaign').on(t.campaignId),
    index('breaker_community').on(t.communityId),
  ],
);
