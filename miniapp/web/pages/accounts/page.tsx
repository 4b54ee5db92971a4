import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useAccounts } from '../../api/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { accountPath } from '../../router.ts';
import { useTexts } from '../../texts/context.ts';
import { nameOf, standingAlone } from '../../texts/format.ts';
import { WithTexts } from '../../texts/more.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/chip.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LinkRow } from '../link-row.tsx';
import { LiveMark } from '../live-mark.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { describeStanding, toneOf } from './account-look.ts';
import { Connect } from './connect.tsx';
import { accountTexts } from './texts.ts';

/** Every account of the workspace, how it stands and when it acts next; admins connect another. */
export const AccountsPage = ({ me }: { me: Me }) => (
  <WithTexts more={accountTexts}>
    <Accounts me={me} />
  </WithTexts>
);

const Accounts = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const { items, total, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useAccounts();
  const mayConnect = includesRole(me.role, 'admin');
  return (
    <Page title={t('web-accounts')} subtitle={me.workspace.name} aside={<LiveMark />}>
      {!items && !error && <Skeleton cards={2} />}
      {!items && error && (
        <LoadFailed title={t('account-page-lost')} error={error} onRetry={() => void refetch()} />
      )}
      {items?.length === 0 && (
        <Notice
          art="empty"
          title={t('account-page-none')}
          text={t(mayConnect ? 'account-page-none-text' : 'account-page-none-ask')}
        />
      )}
      {items && (
        <div className={items.length > 0 && mayConnect ? css.columns : css.column}>
          {items.length > 0 && (
            <div className={css.group}>
              <Section title={t('account-page-list')} count={total}>
                <Rows>
                  {items.map((account) => (
                    <LinkRow
                      key={account.accountId}
                      path={accountPath(account.accountId)}
                      start={<Avatar name={account.name} />}
                      title={nameOf(account)}
                      detail={describeStanding(t, account, now)}
                      end={
                        <Chip
                          tone={toneOf[account.status]}
                          text={standingAlone(t(`account-status-${account.status}`))}
                        />
                      }
                    />
                  ))}
                </Rows>
              </Section>
              <MoreButton
                hasMore={hasNextPage}
                isBusy={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              />
            </div>
          )}
          {mayConnect && <Connect kind="new" />}
        </div>
      )}
    </Page>
  );
};
