import { useTexts } from '#miniapp/web/texts/context.ts';
import { Note } from '#miniapp/web/ui/banner.tsx';
import type { SignInView } from '../api.ts';
import css from '../connect.module.css';
import { useLeft } from '../countdown.tsx';
import { Actions } from './actions.tsx';

/** After this long a person should know that it is not their device. */
const LONG_MS = 8_000;

/** Something is under way that nobody can hurry. */
export const Busy = ({ text }: { text: string }) => (
  <div role="status" className={css.busy}>
    <span className={css.spinner} aria-hidden="true" />
    {text}
  </div>
);

export const Waiting = ({ signIn }: { signIn: SignInView }) => {
  const { t } = useTexts();
  const isLong = useLeft(LONG_MS, signIn.signInId) === 0;
  return (
    <div className={css.card}>
      <Busy text={t('sign-in-waiting')} />
      {isLong && <Note tone="warm">{t('sign-in-waiting-long')}</Note>}
      <Actions signIn={signIn} />
    </div>
  );
};

export const Working = ({ signIn }: { signIn: SignInView }) => {
  const { t } = useTexts();
  const isConnecting = signIn.status === 'connecting';
  return (
    <div className={css.card}>
      <Busy text={t(isConnecting ? 'sign-in-connecting' : 'sign-in-working')} />
      {!isConnecting && <Actions signIn={signIn} />}
    </div>
  );
};
