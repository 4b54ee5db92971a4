import { errorKey } from '#locales/keys.ts';
import type { AccountAnswer } from '#miniapp/contract/accounts.ts';
import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useAccount } from '../../api/accounts.ts';
import { useTexts } from '../../texts/context.ts';
import { nameOf, standingAlone } from '../../texts/format.ts';
import { WithTexts } from '../../texts/more.tsx';
import { Note } from '../../ui/banner.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { toneOf } from '../accounts/account-look.ts';
import { Connect } from '../accounts/connect.tsx';
import { accountTexts } from '../accounts/texts.ts';
import { LoadFailed } from '../load-failed.tsx';
import { Deeds } from './deeds.tsx';
import { Health } from './health.tsx';
import { History } from './history.tsx';
import { Limits } from './limits.tsx';
import { Log } from './log.tsx';
import { Logins } from './logins.tsx';
import { Rights } from './rights.tsx';
import { Standing } from './standing.tsx';

/** One account: how it stands and why, what it has used of its limits, and what may be done with it. */
export const AccountPage = (props: { accountId: string; me: Me }) => (
  <WithTexts more={accountTexts}>
    <AccountView {...props} />
  </WithTexts>
);

const AccountView = ({ accountId, me }: { accountId: string; me: Me }) => {
  const { t } = useTexts();
  const { data: account, error, refetch } = useAccount(accountId);
  if (!account) {
    return (
      <Page title={t('web-accounts')} subtitle={me.workspace.name}>
        {error ? (
          <LoadFailed title={t('account-page-one-lost')} error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton cards={3} />
        )}
      </Page>
    );
  }
  const { status, name, lastName } = account;
  const isAdmin = includesRole(me.role, 'admin');
  return (
    <Page
      title={nameOf(account)}
      subtitle={[name, lastName].filter(Boolean).join(' ')}
      aside={
        <Chip
          tone={toneOf[status]}
          text={standingAlone(t(`account-status-${status}`))}
          isMoving={status === 'active'}
        />
      }
    >
      <Why account={account} />
      <div className={css.columns}>
        <div className={css.column}>
          <Standing account={account} />
          <Health account={account} />
          <Limits account={account} />
        </div>
        <div className={css.column}>
          {isAdmin && account.recovery?.by === 'sign_in' && <Connect kind="again" />}
          <Deeds account={account} role={me.role} />
          <Rights account={account} role={me.role} />
          <Logins account={account} mayEnd={isAdmin} />
          {isAdmin && <History accountId={accountId} />}
          {isAdmin && <Log accountId={accountId} />}
        </div>
      </div>
    </Page>
  );
};

/** Why it does not work: the cause, what follows and what to do. */
const Why = ({ account: { status, statusError, isLoggingOut } }: { account: AccountAnswer['account'] }) => {
  const { t } = useTexts();
  return (
    <>
      {statusError && (
        <Note tone={toneOf[status] === 'bad' ? 'bad' : 'warm'}>{t(errorKey(statusError))}</Note>
      )}
      {isLoggingOut && <Note tone="warm">{t('account-page-logging-out')}</Note>}
    </>
  );
};
