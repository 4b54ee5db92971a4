import { errorLabelKey } from '#locales/keys.ts';
import type { AccountAnswer, AuthorizationsAnswer } from '#miniapp/contract/accounts.ts';
import { useAccountDeed, useAuthorizations } from '../../api/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, nameOf } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';

type Login = AuthorizationsAnswer['items'][number];

/** Where the account is signed in at Telegram, and the end of any of it but ours. */
export const Logins = (props: { account: AccountAnswer['account']; mayEnd: boolean }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const { account, mayEnd } = props;
  const { items, first, total, error: lost, refetch, ...more } = useAuthorizations(account.accountId);
  const { mutate, isPending, error } = useAccountDeed(account.accountId);
  if (!items) {
    return lost ? (
      <LoadFailed title={t('account-page-logins-lost')} error={lost} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  const moment = (at: string) => formatMoment(t, new Date(at), now);
  const end = async ({ hash, device }: Login) => {
    const isMeant = await confirmWith({
      title: t('account-page-end-title'),
      message: t('account-page-end-text', { device, name: nameOf(account) }),
      accept: t('account-page-end'),
    });
    if (isMeant)
      mutate({ verb: 'end', hash }, { onSuccess: () => feel('success'), onError: () => feel('error') });
  };
  const endOf = (login: Login) => {
    if (login.isCurrent) return t('account-page-login-own');
    if (login.endAt && !login.endError) return t('account-page-login-ending');
    return (
      mayEnd && (
        <Button
          tone="bad"
          text={t('account-page-end')}
          name={t('account-page-end-name', { device: login.device })}
          isBusy={isPending}
          onClick={() => void end(login)}
        />
      )
    );
  };
  return (
    <div className={css.group}>
      <Section title={t('account-page-logins')} count={total}>
        {items.length === 0 ? (
          <CardText>{t(first?.readAt ? 'account-page-logins-none' : 'account-page-logins-unread')}</CardText>
        ) : (
          <Rows>
            {items.map((login) => (
              <Row
                key={login.hash}
                title={`${login.device} · ${login.app}`}
                detail={
                  <>
                    {t('account-page-login-line', {
                      country: login.country,
                      since: moment(login.createdAt),
                      active: moment(login.activeAt),
                    })}
                    {login.endError && (
                      <span className={css.hint}>
                        {' '}
                        {t('account-page-login-stays', { why: t(errorLabelKey(login.endError)) })}
                      </span>
                    )}
                  </>
                }
                end={endOf(login)}
              />
            ))}
          </Rows>
        )}
      </Section>
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
      <Refusal error={error} />
    </div>
  );
};
