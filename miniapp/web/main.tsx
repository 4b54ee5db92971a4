import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { isWorthRetrying } from './api/campaigns.ts';
import { forgetSession } from './api/session.ts';
import { App } from './app.tsx';
import { Unsupported } from './pages/gates/unsupported.tsx';
import { openStartParam } from './router.ts';
import { onNewLaunch, startTelegram } from './telegram/start.ts';
import { loadTexts, pickLanguage } from './texts/load.ts';
import { TextsProvider } from './texts/provider.tsx';
import { CrashScreen } from './ui/crash-screen.tsx';
import './ui/base.css';

const hostOrigin = document.querySelector<HTMLMetaElement>('meta[name="usher-host-origin"]')?.content;
const launch = startTelegram(hostOrigin);
const language = pickLanguage(launch?.languageCode ?? navigator.language);
const t = await loadTexts(language);
openStartParam(launch?.startParam);

// Offline is an error like any other, with its words and its button, rather than a silent wait.
const networkMode = 'always';
const cache = new QueryClient({
  defaultOptions: {
    queries: { networkMode, retry: isWorthRetrying, staleTime: 5_000, refetchOnWindowFocus: 'always' },
    mutations: { networkMode },
  },
});
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
const page = createRoot(root);
const render = (initData: string | undefined): void =>
  page.render(
    <StrictMode>
      <TextsProvider initial={{ t, language }} load={loadTexts}>
        <CrashScreen>
          {initData ? (
            <QueryClientProvider client={cache}>
              <App key={initData} initData={initData} />
            </QueryClientProvider>
          ) : (
            <Unsupported />
          )}
        </CrashScreen>
      </TextsProvider>
    </StrictMode>,
  );
render(launch?.initData);
onNewLaunch(({ initData }) => {
  forgetSession();
  cache.clear();
  render(initData);
});
