import { useEffect, useRef } from 'react';
import type { Translate } from '#locales/bundle.ts';
import { formatDuration } from '#locales/duration.ts';
import { type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';
import { useTexts } from '#miniapp/web/texts/context.ts';
import { Note } from '#miniapp/web/ui/banner.tsx';
import { type Method, type SignInView, startSignIn } from '../api.ts';
import css from '../connect.module.css';
import { useRequest } from './use-request.ts';

type Ended = Extract<SignInView['status'], 'done' | 'refused' | 'cancelled' | 'expired' | 'lost'>;

/** How it came out, and the way to begin again. */
export const Ending = ({ signIn, status }: { signIn: SignInView; status: Ended }) => {
  const { t } = useTexts();
  const { isSending, failure, send } = useRequest();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const isDone = status === 'done';
  const begin = (method: Method, text: string, look: string | undefined) => (
    <button
      type="button"
      className={look}
      disabled={isSending}
      onClick={() => void send(() => startSignIn(method))}
    >
      {text}
    </button>
  );
  return (
    <div className={css.card}>
      <div className={[css.mark, isDone ? css.good : css.bad].join(' ')}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={isDone ? 'M5 12.5l4.5 4.5L19 7.5' : 'M12 7v6M12 16.5v.1'} />
        </svg>
      </div>
      <h2 ref={heading} tabIndex={-1} className={css.heading}>
        {headingOf(t, signIn, status)}
      </h2>
      <p className={css.soft}>{textOf(t, signIn, status)}</p>
      {failure && (
        <Note tone="bad" role="alert">
          {failure}
        </Note>
      )}
      <div className={css.actions}>
        {isDone ? (
          begin('qr', t('sign-in-another'), css.quiet)
        ) : (
          <>
            {begin('qr', t('sign-in-by-qr'), signIn.method === 'qr' ? css.main : css.quiet)}
            {begin('phone', t('sign-in-by-phone'), signIn.method === 'phone' ? css.main : css.quiet)}
          </>
        )}
      </div>
    </div>
  );
};

const headingOf = (t: Translate, { account }: SignInView, status: Ended): string => {
  if (status !== 'done') return t(`sign-in-ended-${status}`);
  return t('sign-in-done', { name: account?.username ? `@${account.username}` : (account?.firstName ?? '') });
};

const textOf = (t: Translate, { account, problem, waitSeconds }: SignInView, status: Ended): string => {
  if (status === 'done') return t(account?.isNew ? 'sign-in-done-new' : 'sign-in-done-known');
  if (status !== 'refused') return t(`sign-in-ended-${status}-text`);
  const why = t(problemKey((problem ?? 'internal') as ProblemCode));
  if (!waitSeconds) return why;
  return `${why} ${t('wait-asked', { duration: formatDuration(t, waitSeconds * 1000) })}`;
};
