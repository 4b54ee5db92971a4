import { type SQL, sql } from 'drizzle-orm';
import type { ChatRef, CommunityKind, PersonRef } from '#core/telegram/user-session.ts';
import { type RefRow, toPersonRef } from './peer-refs.ts';

/** Whom and where an attempt was about, as its own account addresses them; without one of the two it cannot look. */
export type AddressedAttempt = {
  attemptId: string;
  chat: ChatRef | undefined;
  person: PersonRef | undefined;
};

export type AddressedRow = RefRow & {
  id: string;
  community_kind: CommunityKind | null;
  community_telegram_id: string | null;
  community_access_hash: string | null;
};

/** `condition` speaks of the attempt as `a`; its rows are for `toAddressedAttempts`. */
export const selectAddressedAttempts = (condition: SQL) => sql`
    select a.id, p.telegram_id, r.kind as ref_kind, r.access_hash, r.chat_kind, r.chat_telegram_id, r.message_id,
      m.kind as community_kind, m.telegram_id as community_telegram_id, x.access_hash as community_access_hash
    from attempt a
    join person p on p.id = a.person_id
    join community m on m.id = a.community_id
    left join community_access x on x.community_id = m.id and x.account_id = a.account_id
    left join peer_ref r on r.account_id = a.account_id and r.person_id = a.person_id
    where ${condition}`;

export const toAddressedAttempts = (rows: readonly AddressedRow[]): AddressedAttempt[] =>
  rows.map((row) => {
    const {
      community_kind: kind,
      community_telegram_id: telegramId,
      community_access_hash: accessHash,
    } = row;
    const chat = kind && telegramId && accessHash ? { kind, telegramId, accessHash } : undefined;
    return { attemptId: row.id, chat, person: toPersonRef(row) };
  });
