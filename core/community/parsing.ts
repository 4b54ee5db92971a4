import type { ParseSource } from '../statuses.ts';
import type { CommunityKind } from '../telegram/user-session.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';

/** What decides whether a community can be parsed, as the reading account saw it. */
export type ParseFacts = {
  kind: CommunityKind;
  membersHidden: boolean;
  /** The reading account administers it. */
  isAdmin: boolean;
  /** Comments under the last 15 posts of a channel; null when nobody looked or it is no channel. */
  recentComments: number | null;
};

/**
 * Whether people can be collected from the community. Members: of groups whose list the account may read; a broadcast
 * channel lists about 200 and to its administrators only (Telethon #3781, #4369). Commenters: of channels whose
 * recent posts have comments. Authors and people who reacted: of groups, also of those that hide their members; channels
 * do not tell who reacted (BROADCAST_FORBIDDEN).
 */
export function judgeParse(facts: ParseFacts, source: ParseSource): Verdict<void> {
  if (source === 'commenters') {
    if (facts.kind !== 'channel') return refuse('community.not_parsable');
    return facts.recentComments ? allow(undefined) : refuse('community.no_comments');
  }
  if (facts.kind === 'channel') return refuse('community.not_parsable');
  if (source !== 'members') return allow(undefined);
  return facts.membersHidden && !facts.isAdmin ? refuse('community.members_hidden') : allow(undefined);
}
