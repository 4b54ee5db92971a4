import { useTexts } from '../../texts/context.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The list's shape, while it is not known yet who one is. */
export const SigningIn = () => {
  const { t } = useTexts();
  return (
    <Page title={t('web-campaigns')}>
      <Skeleton cards={3} />
    </Page>
  );
};
