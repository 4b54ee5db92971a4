import { errorLabelKey } from '#locales/keys.ts';
import { useAccountLog } from '../../api/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LoadFailed } from '../load-failed.tsx';

/** What was done with it, by whom and why, the latest first. */
export const Log = ({ accountId }: { accountId: string }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const { items, total, error, refetch, ...more } = useAccountLog(accountId);
  if (!items) {
    return error ? (
      <LoadFailed title={t('account-page-history-lost')} error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  return (
    <div className={css.group}>
      <Section title={t('account-page-log')} count={total}>
        <Rows>
          {items.map(({ auditId, at, by, action, after }) => {
            const verb = action.slice(action.indexOf('.') + 1);
            return (
              <Row
                key={auditId}
                title={TOLD.has(action) ? t(`account-page-log-${verb}`) : action}
                detail={
                  <>
                    {formatMoment(t, new Date(at), now)}
                    {' · '}
                    {by.kind === 'operator' ? by.name : 'Usher'}
                    {by.kind === 'operator' && by.tokenId && ` · ${t('account-page-log-token')}`}
                    <span className={css.under}>{told(after, (error) => t(errorLabelKey(error)))}</span>
                  </>
                }
              />
            );
          })}
        </Rows>
      </Section>
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
    </div>
  );
};

/** The error or the reason that was written down with it. */
const told = (after: unknown, label: (error: string) => string): string | undefined => {
  const { error, reason } = (after ?? {}) as { error?: unknown; reason?: unknown };
  if (typeof error === 'string') return standingAlone(label(error));
  return typeof reason === 'string' ? reason : undefined;
};

/** The deeds that have words of their own. */
const TOLD = new Set(
  [
    'connected',
    'refreshed',
    'refresh_requested',
    'rights_check_requested',
    'disabled',
    'enabled',
    'resumed',
    'recovered',
    'cooling',
    'blocked',
    'frozen',
    'freeze_read',
    'banned',
    'signed_out',
    'log_out_requested',
    'authorization_end_requested',
    'new_login',
    'removed',
    'failed',
  ].map((verb) => `account.${verb}`),
);
