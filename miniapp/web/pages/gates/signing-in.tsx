import { useTexts } from '../../texts/context.ts';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The list's shape, while it is not known yet who one is. */
export const SigningIn = () => {
  const { t } = useTexts();
  return <PageShape title={t('web-campaigns')} />;
};

/** A page's shape, while what it shows is on its way. */
export const PageShape = ({ title }: { title: string }) => (
  <Page title={title}>
    <Skeleton cards={3} />
  </Page>
);
