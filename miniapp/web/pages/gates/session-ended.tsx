import { closeApp } from '../../telegram/start.ts';
import { useTexts } from '../../texts/context.ts';
import { Notice } from '../../ui/notice.tsx';

/** Where a session is over: a launch is good once, so only a new one helps. */
export const SessionEnded = () => {
  const { t } = useTexts();
  const action = { text: t('web-close'), onClick: closeApp };
  return (
    <Notice
      isScreen
      art="door"
      title={t('web-session-ended')}
      text={t('web-session-ended-text')}
      action={action}
    />
  );
};
