import { setTargetOrigin } from '@telegram-apps/bridge';
import {
  closeMiniApp,
  expandViewport,
  init,
  miniApp,
  retrieveLaunchParams,
  retrieveRawInitData,
  themeParams,
  viewport,
} from '@telegram-apps/sdk-react';

/** How Telegram opened the page. */
export type Launch = {
  /** Raw and signed: for the server's eyes. */
  initData: string;
  /** The user's language in Telegram, such as `ru`; undefined when it does not say. */
  languageCode: string | undefined;
  /** What stood behind `startapp=` in the link. */
  startParam: string | undefined;
};

/**
 * Greets Telegram and binds theme and viewport to CSS variables, following every change. `hostOrigin` is where messages
 * go when the page is framed by an offline host; Telegram's own origin otherwise. Undefined outside of Telegram.
 */
export const startTelegram = (hostOrigin: string | undefined): Launch | undefined => {
  const launch = readLaunch();
  if (!launch) return undefined;
  if (hostOrigin) setTargetOrigin(hostOrigin);
  init({ acceptCustomStyles: false });
  themeParams.mountSync();
  themeParams.bindCssVars();
  miniApp.mountSync.ifAvailable();
  followTheme();
  // Clients that never answer still have a window: the page does without the variables then.
  void viewport
    .mount({ timeout: 3000 })
    .then(() => viewport.bindCssVars.ifAvailable())
    .catch(() => undefined);
  expandViewport.ifAvailable();
  miniApp.ready.ifAvailable();
  return launch;
};

/**
 * Calls back when Telegram opens the Mini App again in the page that is there: it only changes what stands behind the
 * address's `#` then, which loads nothing anew.
 */
export const onNewLaunch = (listener: (launch: Launch) => void): void => {
  window.addEventListener('hashchange', () => {
    const launch = location.hash.includes('tgWebAppData=') ? readLaunch() : undefined;
    if (launch) listener(launch);
  });
};

/** Closes the Mini App. */
export const closeApp = (): void => {
  closeMiniApp.ifAvailable();
};

const readLaunch = (): Launch | undefined => {
  try {
    const { tgWebAppData, tgWebAppStartParam } = retrieveLaunchParams();
    const initData = retrieveRawInitData();
    if (!initData) return undefined;
    return {
      initData,
      languageCode: tgWebAppData?.user?.language_code,
      startParam: tgWebAppStartParam ?? tgWebAppData?.start_param,
    };
  } catch {
    return undefined;
  }
};

/** Scroll bars and form controls follow the theme, and Telegram's own bars the page. */
const followTheme = (): void => {
  const apply = () => {
    document.documentElement.dataset.theme = themeParams.isDark() ? 'dark' : 'light';
    const page = themeParams.secondaryBackgroundColor() ?? themeParams.backgroundColor();
    if (!page) return;
    miniApp.setHeaderColor.ifAvailable(page);
    miniApp.setBackgroundColor.ifAvailable(page);
    miniApp.setBottomBarColor.ifAvailable(page);
  };
  apply();
  // The derived signals themselves: they change after the state they are derived from.
  const { isDark, secondaryBackgroundColor, backgroundColor } = themeParams;
  for (const signal of [isDark, secondaryBackgroundColor, backgroundColor]) signal.sub(apply);
};
