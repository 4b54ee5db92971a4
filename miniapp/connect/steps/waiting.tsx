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

/** Says after a while that no worker has come. */
export const LongWait = ({ since }: { since: string }) => {
  const { t } = useTexts();
  const isLong = useLeft(LONG_MS, since) === 0;
  return isLong ? <Note tone="warm">{t('sign-in-no-worker')}</Note> : null;
};

/** Waiting for a worker, or for what it does. */
export const Waiting = ({ signIn }: { signIn: SignInView }) => {
  const { t } = useTexts();
  const { status, signInId } = signIn;
  return (
    <div className={css.card}>
      <Busy text={t(`sign-in-busy-${status}`)} />
      {status === 'waiting' && <LongWait since={signInId} />}
      {status !== 'connecting' && <Actions signIn={signIn} />}
    </div>
  );
};
