import type { RefusalCode } from '../refusals.ts';
import type { ParseSource } from '../statuses.ts';
import { conditionsOf, type ParseWish } from './wish.ts';

/** Why a parse that came to its end has nobody to show. `authors` wrote, whether often enough or not. */
export function whyNobody(task: {
  source: ParseSource;
  wish: ParseWish;
  seen: number;
  authors: number;
}): RefusalCode {
  if (task.authors > 0) return 'parse_task.nobody_often';
  if (task.source === 'members') return 'parse_task.no_members';
  if (task.seen > 0 && task.source !== 'reactions') return 'parse_task.no_person_wrote';
  if (Object.keys(conditionsOf(task.wish)).length > 0) return 'parse_task.no_match';
  if (task.source === 'reactions') return 'parse_task.no_reactions';
  return task.source === 'commenters' ? 'community.no_comments' : 'parse_task.no_messages';
}
