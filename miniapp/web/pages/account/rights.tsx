import { adminRightKey } from '#locales/keys.ts';
import type { AccountAnswer } from '#miniapp/contract/accounts.ts';
import { type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';
import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { Chip } from '../../ui/chip.tsx';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import { isSignedIn } from '../accounts/account-look.ts';
import { RightsCheck } from './rights-check.tsx';

type Right = AccountAnswer['account']['rights'][number];

/** What it may do in each community it was asked about, and when Telegram said so. */
export const Rights = ({ account, role }: { account: AccountAnswer['account']; role: Me['role'] }) => {
  const { accountId, status, rights } = account;
  const { t } = useTexts();
  const now = useServerNow();
  const detailOf = ({ isAdmin, isMember, checkedAt, isChecking, refusal }: Right): string => {
    if (isChecking) return t('account-page-rights-checking');
    if (refusal) return t(problemKey(refusal as ProblemCode));
    const standing = isAdmin ? 'admin' : isMember ? 'member' : 'none';
    const at = checkedAt && t('account-page-read-at', { moment: formatMoment(t, new Date(checkedAt), now) });
    return [standingAlone(t(`account-page-rights-${standing}`)), at].filter(Boolean).join(' · ');
  };
  return (
    <Section title={t('account-page-rights')} count={rights.length}>
      {rights.length === 0 ? (
        <CardText>{t('account-page-rights-empty')}</CardText>
      ) : (
        <Rows>
          {rights.map((right) => (
            <Row
              key={right.communityId}
              title={right.name}
              detail={
                <>
                  {detailOf(right)}
                  {right.adminRights.length > 0 && (
                    <span className={css.under}>
                      {standingAlone(right.adminRights.map((one) => t(adminRightKey(one))).join(', '))}
                    </span>
                  )}
                </>
              }
              end={
                right.checkedAt &&
                !right.refusal && (
                  <Chip
                    tone={right.mayInvite ? 'good' : 'calm'}
                    text={t(right.mayInvite ? 'account-page-may-invite' : 'account-page-may-not-invite')}
                  />
                )
              }
            />
          ))}
        </Rows>
      )}
      {isSignedIn(status) && includesRole(role, 'operator') && <RightsCheck accountId={accountId} />}
    </Section>
  );
};
