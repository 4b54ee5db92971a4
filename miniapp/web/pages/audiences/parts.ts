import type { AudienceWish } from '../../api/audiences.ts';

/** Why a person may be in an audience. */
export const BASES = ['opted_in', 'existing_member', 'collected'] as const;
type Basis = (typeof BASES)[number];

/** What another audience is for: not used, any of these, all of these, nobody of these. */
export const USES = ['none', 'union', 'intersection', 'minus'] as const;
type Use = (typeof USES)[number];

/** What somebody has chosen so far. */
export type Parts = {
  taskIds: readonly string[];
  uses: Record<string, Use>;
  isSegment: boolean;
  search: string;
  traits: { hasUsername?: boolean; hasPhoto?: boolean; isPremium?: boolean };
  limit: string;
  typed: string;
  typedBasis: Basis;
};

/** True while nothing is chosen that could bring anybody. */
export const isNobody = ({ taskIds, uses, isSegment, typed }: Parts): boolean =>
  taskIds.length === 0 &&
  !isSegment &&
  typed.trim() === '' &&
  !Object.values(uses).some((use) => use === 'union' || use === 'intersection');

/** The same as the API takes it. What is not wished for stays open. */
export const sourceOf = (parts: Parts): Omit<AudienceWish, 'name'> => {
  const { taskIds, uses, isSegment, search, traits, limit, typed, typedBasis } = parts;
  const usedFor = (use: Use) => Object.keys(uses).filter((audienceId) => uses[audienceId] === use);
  const filter = Object.fromEntries(Object.entries(traits).filter(([, isWished]) => isWished));
  return {
    taskIds: [...taskIds],
    filter,
    typed,
    typedBasis,
    union: usedFor('union'),
    intersection: usedFor('intersection'),
    minus: usedFor('minus'),
    ...(taskIds.length > 0 && Number(limit) >= 1 && { limit: Math.floor(Number(limit)) }),
    ...(isSegment && { segment: { filter, ...(search.trim() && { search: search.trim() }) } }),
  };
};
