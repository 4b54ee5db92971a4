import { recoveryKey } from '#locales/keys.ts';
import type { AccountAnswer } from '#miniapp/contract/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { openOutside } from '../../telegram/open-outside.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, formatTimer, standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { describeNext } from '../accounts/account-look.ts';

/** When it may act next and why, what brings it back, and what its profile says. */
export const Standing = ({ account }: { account: AccountAnswer['account'] }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const { status, recovery, nextSlotAt, isPremium, hasPhoto, refreshedAt } = account;
  const moment = (at: string) => formatMoment(t, new Date(at), now);
  const left = (at: string | null | undefined) => {
    const ms = at ? Date.parse(at) - now : 0;
    return ms > 0 ? <span role="timer">{formatTimer(t, ms)}</span> : undefined;
  };
  return (
    <Section title={t('account-page-standing')}>
      <Rows>
        {status === 'active' && (
          <Row
            title={describeNext(t, account, now)}
            detail={
              nextSlotAt &&
              Date.parse(nextSlotAt) > now &&
              t('account-page-not-before', { moment: moment(nextSlotAt) })
            }
            end={left(nextSlotAt)}
          />
        )}
        {recovery && (
          <Row
            title={standingAlone(t(recoveryKey(recovery.by)))}
            detail={recovery.at && t('account-page-not-before', { moment: moment(recovery.at) })}
            end={
              recovery.appealUrl ? (
                <Button
                  text={t('account-page-appeal')}
                  onClick={() => openOutside(recovery.appealUrl ?? '')}
                />
              ) : (
                left(recovery.at)
              )
            }
          />
        )}
        {isPremium && <Row title="Telegram Premium" />}
        {hasPhoto === false && (
          <Row title={t('account-page-no-photo')} detail={t('account-page-no-photo-text')} />
        )}
        <Row
          title={t('account-page-profile')}
          detail={
            refreshedAt
              ? t('account-page-read-at', { moment: moment(refreshedAt) })
              : t('account-page-unread')
          }
        />
      </Rows>
    </Section>
  );
};
