import { useTexts } from '#miniapp/web/texts/context.ts';
import { Note } from '#miniapp/web/ui/banner.tsx';
import { cancelSignIn, type SignInView, startSignIn } from '../api.ts';
import css from '../connect.module.css';
import { useRequest } from './use-request.ts';

/** What is possible beside the step: the other way to sign in, and giving up. */
export const Actions = ({ signIn }: { signIn: SignInView }) => {
  const { t } = useTexts();
  const { isSending, failure, send } = useRequest();
  const other = signIn.method === 'qr' ? 'phone' : 'qr';
  return (
    <>
      {failure && (
        <Note tone="bad" role="alert">
          {failure}
        </Note>
      )}
      <div className={css.actions}>
        <button
          type="button"
          className={css.quiet}
          disabled={isSending}
          onClick={() => void send(() => startSignIn(other))}
        >
          {t(other === 'phone' ? 'sign-in-by-phone' : 'sign-in-by-qr')}
        </button>
        <button
          type="button"
          className={css.quiet}
          disabled={isSending}
          onClick={() => void send(() => cancelSignIn(signIn))}
        >
          {t('sign-in-cancel')}
        </button>
      </div>
    </>
  );
};
