import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Me } from '#miniapp/contract/session.ts';
import { keys } from './api/campaigns.ts';
import { LiveContext, useLiveUpdates } from './api/live.ts';
import { onSessionChange, sessionState } from './api/session.ts';
import { mayRetrySignIn, signIn } from './api/sign-in.ts';
import { CampaignsPage } from './pages/campaigns/page.tsx';
import { SessionEnded } from './pages/gates/session-ended.tsx';
import { SignInFailed } from './pages/gates/sign-in-failed.tsx';
import { PageShape, SigningIn } from './pages/gates/signing-in.tsx';
import { SectionBar } from './pages/section-bar.tsx';
import { navigate, type Route, useRoute } from './router.ts';
import { sectionOf } from './sections.ts';
import { useBackButton } from './telegram/back-button.ts';
import { useTexts, WantLanguageContext } from './texts/context.ts';
import { Banner } from './ui/banner.tsx';

/** Fetched when they are first looked at, so that the way to the campaigns stays short. */
const CampaignPage = lazy(async () => ({
  default: (await import('./pages/campaign/page.tsx')).CampaignPage,
}));
const CommunitiesPage = lazy(async () => ({
  default: (await import('./pages/communities/page.tsx')).CommunitiesPage,
}));
const TasksPage = lazy(async () => ({ default: (await import('./pages/tasks/page.tsx')).TasksPage }));
const TeamPage = lazy(async () => ({ default: (await import('./pages/team/page.tsx')).TeamPage }));
const AccountsPage = lazy(async () => ({
  default: (await import('./pages/accounts/page.tsx')).AccountsPage,
}));
const AccountPage = lazy(async () => ({ default: (await import('./pages/account/page.tsx')).AccountPage }));
const SettingsPage = lazy(async () => ({
  default: (await import('./pages/settings/page.tsx')).SettingsPage,
}));
const AudiencesPage = lazy(async () => ({
  default: (await import('./pages/audiences/page.tsx')).AudiencesPage,
}));
const ImportPage = lazy(async () => ({ default: (await import('./pages/import/page.tsx')).ImportPage }));
const SuppressionsPage = lazy(async () => ({
  default: (await import('./pages/suppressions/page.tsx')).SuppressionsPage,
}));

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
      <Suspense key={route.page} fallback={<PageShape title={t(section?.label ?? 'web-loading')} />}>
        <PageOf route={route} me={me} />
      </Suspense>
    </LiveContext>
  );
};

const PageOf = ({ route, me }: { route: Route; me: Me }) => {
  switch (route.page) {
    case 'campaigns':
      return <CampaignsPage me={me} />;
    case 'campaign':
      return <CampaignPage key={route.id} campaignId={route.id} me={me} />;
    case 'communities':
      return <CommunitiesPage me={me} />;
    case 'tasks':
    case 'new-task':
      return <TasksPage me={me} page={route.page} />;
    case 'task':
      return <TasksPage key={route.id} me={me} page="task" taskId={route.id} />;
    case 'audiences':
      return <AudiencesPage me={me} />;
    case 'imports':
      return <ImportPage fileId={undefined} me={me} />;
    case 'import':
      return <ImportPage key={route.id} fileId={route.id} me={me} />;
    case 'suppressions':
      return <SuppressionsPage me={me} />;
    case 'accounts':
      return <AccountsPage me={me} />;
    case 'account':
      return <AccountPage key={route.id} accountId={route.id} me={me} />;
    case 'team':
      return <TeamPage me={me} />;
    case 'settings':
      return <SettingsPage me={me} />;
  }
};

/** The language a person chose in Usher goes before Telegram's. */
const useLanguageOf = (me: Me | undefined): void => {
  const wantLanguage = useContext(WantLanguageContext);
  const language = me?.operator.language;
  useEffect(() => {
    if (language) wantLanguage(language);
  }, [language, wantLanguage]);
};
