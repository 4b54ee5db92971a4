import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Me } from '#miniapp/contract/session.ts';
import { keys } from './api/campaigns.ts';
import { LiveContext, useLiveUpdates } from './api/live.ts';
import { onSessionChange, sessionState } from './api/session.ts';
import { mayRetrySignIn, signIn } from './api/sign-in.ts';
import { CampaignPage } from './pages/campaign/page.tsx';
import { CampaignsPage } from './pages/campaigns/page.tsx';
import { SessionEnded } from './pages/gates/session-ended.tsx';
import { SignInFailed } from './pages/gates/sign-in-failed.tsx';
import { PageShape, SigningIn } from './pages/gates/signing-in.tsx';
import { SectionBar } from './pages/section-bar.tsx';
import { navigate, useRoute } from './router.ts';
import { sectionOf } from './sections.ts';
import { useBackButton } from './telegram/back-button.ts';
import { useTexts, WantLanguageContext } from './texts/context.ts';
import { Banner } from './ui/banner.tsx';

/** Fetched when it is first looked at, so that the way to the campaigns stays short. */
const CommunitiesPage = lazy(async () => ({
  default: (await import('./pages/communities/page.tsx')).CommunitiesPage,
}));
const TasksPage = lazy(async () => ({ default: (await import('./pages/tasks/page.tsx')).TasksPage }));
const TeamPage = lazy(async () => ({ default: (await import('./pages/team/page.tsx')).TeamPage }));

/** Signs in with the launch, once, and shows the page of the address. */
export const App = ({ initData }: { initData: string }) => {
  const session = useSyncExternalStore(onSessionChange, sessionState);
  const me = useQuery({
    queryKey: [...keys.me, initData],
    queryFn: () => signIn(initData),
    retry: (failures, error) => failures < 2 && mayRetrySignIn(error),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  useLanguageOf(me.data);

  if (session === 'ended') return <SessionEnded />;
  if (me.data) return <Pages key={me.data.workspace.workspaceId} me={me.data} />;
  if (me.error) return <SignInFailed error={me.error} onRetry={() => void me.refetch()} />;
  return <SigningIn />;
};

const Pages = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const route = useRoute();
  const live = useLiveUpdates();
  const section = sectionOf(route.page);
  const above = section?.path ?? '/';
  useBackButton(
    route.page === 'campaigns' ? undefined : () => navigate(location.pathname === above ? '/' : above),
  );
  return (
    <LiveContext value={live}>
      {live === 'lost' && <Banner text={t('web-reconnecting')} />}
      <SectionBar page={route.page} />
      {route.page === 'campaigns' && <CampaignsPage me={me} />}
      {route.page === 'campaign' && <CampaignPage key={route.id} campaignId={route.id} me={me} />}
      <Suspense key={route.page} fallback={<PageShape title={t(section?.label ?? 'web-loading')} />}>
        {route.page === 'communities' && <CommunitiesPage me={me} />}
        {(route.page === 'tasks' || route.page === 'new-task') && <TasksPage me={me} page={route.page} />}
        {route.page === 'task' && <TasksPage key={route.id} me={me} page="task" taskId={route.id} />}
        {route.page === 'team' && <TeamPage me={me} />}
      </Suspense>
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
