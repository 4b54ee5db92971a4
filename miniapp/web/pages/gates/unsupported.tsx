import { useTexts } from '../../texts/context.ts';
import { Notice } from '../../ui/notice.tsx';

/** Where the page was opened in a plain browser. */
export const Unsupported = () => {
  const { t } = useTexts();
  return <Notice isScreen art="door" title={t('web-unsupported-title')} text={t('web-unsupported-text')} />;
};
