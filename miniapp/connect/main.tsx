import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { pickLanguage } from '#miniapp/web/texts/load.ts';
import { TextsProvider } from '#miniapp/web/texts/provider.tsx';
import { CrashScreen } from '#miniapp/web/ui/crash-screen.tsx';
import { App } from './app.tsx';
import { chosenLanguage, loadTexts } from './texts/load.ts';
import '#miniapp/web/ui/base.css';

// The link is good once: it must not stay in the address, in the history or in a bookmark.
const token = location.hash.slice(1);
history.replaceState(null, '', location.pathname);

const language = chosenLanguage() ?? pickLanguage(navigator.language);
const t = await loadTexts(language);
const root = document.getElementById('root');
if (!root) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <TextsProvider initial={{ t, language }} load={loadTexts}>
      <CrashScreen>
        <App token={token} />
      </CrashScreen>
    </TextsProvider>
  </StrictMode>,
);
