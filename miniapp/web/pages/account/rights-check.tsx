import { useState } from 'react';
import { useAccountDeed } from '../../api/accounts.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';

const LONGEST_REFERENCE = 256;

/** Asks what the account may do in a community of any written form. */
export const RightsCheck = ({ accountId }: { accountId: string }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, isSuccess } = useAccountDeed(accountId);
  const [written, setWritten] = useState('');
  const reference = written.trim();
  const ask = () => {
    if (reference === '') return;
    mutate(
      { verb: 'rights', reference },
      {
        onSuccess: () => {
          feel('success');
          setWritten('');
        },
        onError: () => feel('error'),
      },
    );
  };
  return (
    <div className={css.form}>
      <Field
        label={t('account-page-rights-community')}
        hint={t(isSuccess ? 'account-page-rights-asked' : 'account-page-rights-hint')}
        maxLength={LONGEST_REFERENCE}
        value={written}
        onChange={setWritten}
        onEnter={ask}
      />
      <div className={css.deeds}>
        <Button text={t('account-page-rights-check')} isBusy={isPending || reference === ''} onClick={ask} />
      </div>
      <Refusal error={error} />
    </div>
  );
};
