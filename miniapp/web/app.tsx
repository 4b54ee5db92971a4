import { useQuery } from '@tanstack/react-query';
import { useContext, useEffect, useSyncExternalStore } from 'react';
import type { Me } from '#miniapp/contract/session.ts';
import { LiveContext, useLiveUpdates } from './api/live.ts';
import { onSessionChange, sessionState } from './api/session.ts';
import { mayRetrySignIn, signIn } from './api/sign-in.ts';
import { CampaignPage } from './pages/campaign/page.tsx';
import { CampaignsPage } from './pages/campaigns/page.tsx';
import { SessionEnded } from './pages/gates/session-ended.tsx';
import { SignInFailed } from './pages/gates/sign-in-failed.tsx';
import { SigningIn } from './pages/gates/signing-in.tsx';
import { navigate, useRoute } from './router.ts';
import { useBackButton } from './telegram/back-button.ts';
import { useTexts, WantLanguageContext } from './texts/context.ts';
import { Banner } from './ui/banner.tsx';

/** Signs in with the launch, once, and shows the page of the address. */
export const App = ({ initData }: { initData: string }) => {
  const session = useSyncExternalStore(onSessionChange, sessionState);
  const me = useQuery({
    queryKey: ['me'],
    queryFn: () => signIn(initData),
    retry: (failures, error) => failures < 2 && mayRetrySignIn(error),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  useLanguageOf(me.data);

  if (session === 'ended') return <SessionEnded />;
  if (me.data) return <Pages me={me.data} />;
  if (me.error) return <SignInFailed error={me.error} onRetry={() => void me.refetch()} />;
  return <SigningIn />;
};

const Pages = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const route = useRoute();
  const live = useLiveUpdates();
  useBackButton(route.page === 'campaigns' ? undefined : () => navigate('/'));
  return (
    <LiveContext value={live}>
      {live === 'lost' && <Banner text={t('web-reconnecting')} />}
      {route.page === 'campaigns' ? (
        <CampaignsPage me={me} />
      ) : (
        <CampaignPage key={route.campaignId} campaignId={route.campaignId} me={me} />
      )}
    </LiveContext>
  );
};

/** The language a person chose in Usher goes before Telegram's. */
const useLanguageOf = (me: Me | undefined): void => {
  const wantLanguage = useContext(WantLanguageContext);
  const language = me?.operator.language;
  useEffect(() => {
    if (language) wantLanguage(language);
  }, [language, wantLanguage]);
};
