import { errorLabelKey } from '#locales/keys.ts';
import type { AccountHistoryAnswer } from '#miniapp/contract/accounts.ts';
import { useAccountHistory } from '../../api/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';

/** What came of its calls, and what went wrong. */
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
