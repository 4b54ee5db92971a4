import { errorLabelKey } from '#locales/keys.ts';
import type { AccountHistoryAnswer } from '#miniapp/contract/accounts.ts';
import { useAccountHistory } from '../../api/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LoadFailed } from '../load-failed.tsx';

/** What came of its calls, what went wrong, and what was done with it by whom. */
export const History = ({ accountId }: { accountId: string }) => {
  const { t } = useTexts();
  const { data, error, refetch } = useAccountHistory(accountId);
  if (!data) {
    return error ? (
      <LoadFailed title={t('account-page-history-lost')} error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  return (
    <>
      <Results results={data.results} />
      <Errors errors={data.errors} />
      <Log log={data.log} />
    </>
  );
};

const Results = ({ results }: Pick<AccountHistoryAnswer, 'results'>) => {
  const { t } = useTexts();
  if (results.length === 0) return null;
  return (
    <Section title={t('account-page-results')}>
      <Rows>
        {results.map(({ result, day, week, total }) => (
          <Row
            key={result}
            title={standingAlone(t(`attempt-status-${result}`))}
            detail={t('account-page-result-line', { day, week })}
            end={total}
          />
        ))}
      </Rows>
    </Section>
  );
};

const Errors = ({ errors }: Pick<AccountHistoryAnswer, 'errors'>) => {
  const { t } = useTexts();
  const now = useServerNow();
  return (
    <Section title={t('account-page-errors')} count={errors.length}>
      {errors.length === 0 ? (
        <CardText>{t('account-page-errors-none')}</CardText>
      ) : (
        <Rows>
          {errors.map(({ error, times, lastAt }) => (
            <Row
              key={error}
              title={standingAlone(t(errorLabelKey(error)))}
              detail={t('account-page-error-line', {
                error,
                moment: formatMoment(t, new Date(lastAt), now),
              })}
              end={times}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
};

const Log = ({ log }: Pick<AccountHistoryAnswer, 'log'>) => {
  const { t } = useTexts();
  const now = useServerNow();
  return (
    <Section title={t('account-page-log')} count={log.length}>
      <Rows>
        {log.map(({ at, by, action, after }) => {
          const verb = action.slice(action.indexOf('.') + 1);
          return (
            <Row
              key={`${at} ${action}`}
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
