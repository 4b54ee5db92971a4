import { type ReactNode, useContext, useEffect, useState } from 'react';
import { ApiProblem, failureText } from '#miniapp/web/api/problem.ts';
import { useTexts, WantLanguageContext } from '#miniapp/web/texts/context.ts';
import { Banner } from '#miniapp/web/ui/banner.tsx';
import { Notice } from '#miniapp/web/ui/notice.tsx';
import { Page } from '#miniapp/web/ui/page.tsx';
import { openLink, startSignIn } from './api.ts';
import css from './connect.module.css';
import { useLive } from './live.ts';
import { Step } from './steps/step.tsx';
import { Busy } from './steps/waiting.tsx';
import { chosenLanguage, keepLanguage } from './texts/load.ts';

/** Opens the link the page came with, once, and then shows where the sign-in stands. */
export const App = ({ token }: { token: string }) => {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(token === '');
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    document.title = `${t('sign-in-title')} · Usher`;
  }, [t]);
  useEffect(() => {
    if (isOpen || failure) return;
    openLink(token).then(() => setOpen(true), setFailure);
  }, [token, isOpen, failure]);

  if (isOpen) return <SignIn cameByLink={token !== ''} />;
  if (failure) return <Closed failure={failure} onRetry={() => setFailure(undefined)} />;
  return (
    <Frame>
      <Busy text={t('sign-in-opening')} />
    </Frame>
  );
};

const SignIn = ({ cameByLink }: { cameByLink: boolean }) => {
  const { t } = useTexts();
  const wantLanguage = useContext(WantLanguageContext);
  const { state, isLost, problem } = useLive();
  const [failure, setFailure] = useState<unknown>();
  const language = state?.language;
  const isFresh = state?.signIn === null;
  useEffect(() => {
    if (language && !chosenLanguage()) wantLanguage(language);
  }, [language, wantLanguage]);
  useEffect(() => {
    if (isFresh && !failure) startSignIn('qr').catch(setFailure);
  }, [isFresh, failure]);

  if (problem && !state && !cameByLink && problem.code === 'connect.page_ended') {
    return <Notice isScreen art="door" title={t('sign-in-no-link')} text={t('sign-in-no-link-text')} />;
  }
  if (problem) return <Closed failure={problem} />;
  if (failure && isFresh) return <Closed failure={failure} onRetry={() => setFailure(undefined)} />;
  return (
    <Frame workspace={state?.workspace}>
      {isLost && <Banner text={t('web-reconnecting')} />}
      {state?.signIn ? <Step signIn={state.signIn} /> : <Busy text={t('sign-in-opening')} />}
    </Frame>
  );
};

const Frame = ({ workspace, children }: { workspace?: string | undefined; children: ReactNode }) => {
  const { t } = useTexts();
  return (
    <div className={css.frame}>
      <Page
        title={t('sign-in-title')}
        subtitle={workspace && t('sign-in-workspace', { workspace })}
        aside={<LanguageSwitch />}
      >
        {children}
      </Page>
    </div>
  );
};

/** Offers the other language, in that language. */
const LanguageSwitch = () => {
  const { language } = useTexts();
  const wantLanguage = useContext(WantLanguageContext);
  const other = language === 'en' ? 'ru' : 'en';
  const change = () => {
    keepLanguage(other);
    wantLanguage(other);
  };
  return (
    <button type="button" lang={other} className={css.language} onClick={change}>
      {other === 'ru' ? 'Русский' : 'English'}
    </button>
  );
};

/** Nothing can be done here; again only where that may help. */
const Closed = ({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) => {
  const { t } = useTexts();
  const mayRetry = onRetry && !(failure instanceof ApiProblem && failure.code.startsWith('connect.'));
  return (
    <Notice
      isScreen
      art="door"
      title={t('sign-in-closed')}
      text={failureText(t, failure)}
      action={mayRetry ? { text: t('web-retry'), onClick: onRetry } : undefined}
    />
  );
};
