import { useAccountNames } from '../api/accounts.ts';
import { useTexts } from '../texts/context.ts';
import { nameOf } from '../texts/format.ts';
import { Select } from '../ui/select.tsx';

const ANY = 'any';

/** Which account does it: any, unless one is named. Where there is no choice it does not show. */
export const AccountChoice = (props: {
  value: string | undefined;
  onChange: (accountId: string | undefined) => void;
}) => {
  const { t } = useTexts();
  const { data } = useAccountNames(true);
  const atWork = data?.filter(({ status }) => status === 'active') ?? [];
  if (atWork.length < 2) return null;
  return (
    <Select
      label={t('web-account')}
      value={props.value ?? ANY}
      options={[
        { value: ANY, text: t('web-account-any') },
        ...atWork.map((one) => ({ value: one.accountId, text: nameOf(one) })),
      ]}
      onChange={(value) => props.onChange(value === ANY ? undefined : value)}
    />
  );
};
