import { ApiProblem, failureText } from '../api/problem.ts';
import { useTexts } from '../texts/context.ts';
import { Notice } from '../ui/notice.tsx';

/** A page that could not be fetched: why, and again. */
export const LoadFailed = (props: { title: string; error: unknown; onRetry: () => void }) => {
  const { t } = useTexts();
  const { error } = props;
  const requestId = error instanceof ApiProblem && error.code === 'internal' ? error.requestId : undefined;
  return (
    <Notice
      art="error"
      title={props.title}
      text={failureText(t, error)}
      small={requestId && t('web-request-id', { requestId })}
      action={{ text: t('web-retry'), onClick: props.onRetry }}
    />
  );
};
