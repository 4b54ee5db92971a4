import { failureText } from '../../api/problem.ts';
import { mayRetrySignIn } from '../../api/sign-in.ts';
import { closeApp } from '../../telegram/start.ts';
import { useTexts } from '../../texts/context.ts';
import { Notice } from '../../ui/notice.tsx';

/** Where the server did not take the launch. */
export const SignInFailed = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const { t } = useTexts();
  const action = mayRetrySignIn(error)
    ? { text: t('web-retry'), onClick: onRetry }
    : { text: t('web-close'), onClick: closeApp };
  return (
    <Notice
      isScreen
      art="door"
      title={t('web-sign-in-failed')}
      text={failureText(t, error)}
      action={action}
    />
  );
};
