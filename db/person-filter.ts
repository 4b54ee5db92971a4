import { type SQL, sql } from 'drizzle-orm';
import type { AudienceFilter } from '#core/audience/filter.ts';

/** The wishes of `core/audience/filter.ts` about the row `p` of `person`, as a condition whose text never changes. */
export const passesFilter = (filter: AudienceFilter): SQL => {
  const lastSeen = filter.lastSeen ? JSON.stringify(filter.lastSeen) : null;
  const wished = (wish: boolean | undefined, fact: SQL) =>
    sql`(${wish ?? null}::boolean is null or ${fact} = ${wish ?? null}::boolean)`;
  return sql`(p.erased_at is null and ${wished(filter.hasUsername, sql`(p.username is not null)`)}
    and ${wished(filter.hasPhoto, sql`p.has_photo`)}
    and ${wished(filter.isPremium, sql`p.is_premium`)}
    and (${lastSeen}::json is null or p.last_seen::text in (select json_array_elements_text(${lastSeen}::json)))
    and (${filter.keepsBots} or not p.is_bot)
    and (${filter.keepsDeleted} or not p.is_deleted)
    and (${filter.keepsScam} or not p.is_scam)
    and (${filter.keepsAdmins} or not p.is_admin_somewhere))`;
};
