import { useConnectLink } from '../../api/accounts.ts';
import { feel } from '../../telegram/haptics.ts';
import { openOutside } from '../../telegram/open-outside.ts';
import { useTexts } from '../../texts/context.ts';
import { formatRoughly } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';
import { ShownOnce } from '../shown-once.tsx';

/** The way to the page outside of Telegram that connects an account: a link that opens once. */
export const Connect = ({ kind }: { kind: 'new' | 'again' }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, data } = useConnectLink();
  return (
    <div className={css.group}>
      <Section title={t(`account-page-connect-${kind}`)}>
        <div className={css.form}>
          <p className={css.hint}>{t(`account-page-connect-${kind}-text`)}</p>
          <div className={css.deeds}>
            <Button
              text={t('account-page-connect-make')}
              isBusy={isPending}
              onClick={() =>
                mutate(undefined, { onSuccess: () => feel('success'), onError: () => feel('error') })
              }
            />
          </div>
          {data && (
            <ShownOnce
              key={data.link}
              label={t('account-page-connect-link', { duration: formatRoughly(t, data.goodForMs) })}
              value={data.link}
            >
              <Button text={t('account-page-connect-open')} onClick={() => openOutside(data.link)} />
            </ShownOnce>
          )}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
