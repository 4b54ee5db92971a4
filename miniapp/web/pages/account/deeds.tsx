import { useState } from 'react';
import type { AccountAnswer } from '#miniapp/contract/accounts.ts';
import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { type AccountDeed, useAccountDeed } from '../../api/accounts.ts';
import { ACCOUNTS_PATH, navigate } from '../../router.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { nameOf } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import { TextField } from '../../ui/text-field.tsx';
import { isSignedIn } from '../accounts/account-look.ts';
import { Refusal } from '../refusal.tsx';

type Account = AccountAnswer['account'];
type Verb = Exclude<AccountDeed['verb'], 'resume' | 'end' | 'rights'>;

const REASON_LENGTH = 500;

/** What the reader may do with the account; all but a refresh is asked for twice. */
export const Deeds = ({ account, role }: { account: Account; role: Me['role'] }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, isSuccess, variables } = useAccountDeed(account.accountId);
  const [reason, setReason] = useState('');
  const verbs = verbsFor(account, role);
  const wantsReason = account.recovery?.by === 'person' && includesRole(role, 'admin');
  if (verbs.length === 0) return null;

  const order = (deed: AccountDeed) =>
    mutate(deed, {
      onSuccess: () => {
        feel('success');
        if (deed.verb === 'remove') navigate(ACCOUNTS_PATH, { replaces: true });
      },
      onError: () => feel('error'),
    });
  const ask = async (verb: Verb) => {
    const name = nameOf(account);
    const isMeant =
      verb === 'refresh' ||
      (await confirmWith({
        title: t(`account-page-${verb}-title`, { name }),
        message: t(`account-page-${verb}-text`),
        accept: t(`account-page-${verb}`),
      }));
    if (isMeant) order({ verb });
  };

  return (
    <div className={css.group}>
      {wantsReason && (
        <>
          <TextField
            label={t('account-page-reason')}
            hint={t('account-page-reason-hint')}
            value={reason}
            maxLength={REASON_LENGTH}
            onChange={setReason}
          />
          <div className={css.deeds}>
            <Button
              text={t('account-page-resume')}
              isBusy={isPending || reason.trim() === ''}
              onClick={() => order({ verb: 'resume', reason: reason.trim() })}
            />
          </div>
        </>
      )}
      <Section title={t('account-page-deeds')}>
        <div className={css.form}>
          <div className={css.deeds}>
            {verbs.map((verb) => (
              <Button
                key={verb}
                text={t(`account-page-${verb}`)}
                tone={verb === 'refresh' || verb === 'enable' ? 'accent' : 'bad'}
                isBusy={isPending}
                onClick={() => void ask(verb)}
              />
            ))}
          </div>
          {isSuccess && variables.verb === 'refresh' && (
            <p role="status" className={css.hint}>
              {t('account-page-refresh-asked')}
            </p>
          )}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};

/** By role and by what the state allows; the server judges it again. */
const verbsFor = ({ status, isLoggingOut }: Account, role: Me['role']): Verb[] => {
  const works = status === 'active' || status === 'cooling' || status === 'blocked';
  const isAdmin = includesRole(role, 'admin');
  const possible: [Verb, boolean][] = [
    ['refresh', isSignedIn(status) && includesRole(role, 'operator')],
    ['enable', status === 'disabled' && isAdmin],
    ['disable', works && isAdmin],
    ['log-out', isSignedIn(status) && !isLoggingOut && isAdmin],
    ['remove', isAdmin],
  ];
  return possible.filter(([, isPossible]) => isPossible).map(([verb]) => verb);
};
