import type { AccountDetail } from '#db/queries/get-account.ts';
import type { AccountHistory } from '#db/queries/get-account-history.ts';
import type { AccountRights } from '#db/queries/list-account-rights.ts';
import type { AuditItem } from '#db/queries/list-audit.ts';
import type { AuthorizationItem } from '#db/queries/list-authorizations.ts';
import type {
  AccountAnswer,
  AccountHistoryAnswer,
  AccountLogPage,
  AuthorizationsAnswer,
} from '#miniapp/contract/accounts.ts';
import { actorView } from './team-views.ts';
import { laneView, momentText } from './views.ts';

/** How accounts look from outside: the contract's shapes, moments as ISO text. */

export const accountView = (
  row: AccountDetail,
  rights: readonly AccountRights[],
): AccountAnswer['account'] => {
  const { refreshedAt, ...profile } = row.profile;
  return {
    ...laneView(row),
    ...profile,
    refreshedAt: momentText(refreshedAt),
    health: { score: row.health.score, issues: [...row.health.issues] },
    limits: row.limits.map(({ roomAt, ...use }) => ({ ...use, roomAt: momentText(roomAt) })),
    rights: rights.map(({ checkedAt, ...right }) => ({ ...right, checkedAt: momentText(checkedAt) })),
  };
};

export const authorizationView = (row: AuthorizationItem): AuthorizationsAnswer['items'][number] => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  activeAt: row.activeAt.toISOString(),
  endAt: momentText(row.endAt),
});

export const historyView = ({
  results,
  errors,
}: AccountHistory): Omit<AccountHistoryAnswer, 'now' | 'timeScale'> => ({
  results: [...results],
  errors: errors.map(({ lastAt, ...error }) => ({ ...error, lastAt: lastAt.toISOString() })),
});

export const accountLogItem = ({
  auditId,
  at,
  actor,
  actorName,
  action,
  before,
  after,
}: AuditItem): AccountLogPage['items'][number] => ({
  ...{ auditId, action, before, after },
  at: at.toISOString(),
  by: actorView(actor, actorName),
});
