import { type FormEvent, type InputHTMLAttributes, useEffect, useId, useRef, useState } from 'react';
import type { ProblemCode } from '#miniapp/contract/problem-codes.ts';
import { problemKey } from '#miniapp/contract/problem-codes.ts';
import { useTexts } from '#miniapp/web/texts/context.ts';
import { Note } from '#miniapp/web/ui/banner.tsx';
import { answerQuestion, type Question, type SignInView } from '../api.ts';
import css from '../connect.module.css';
import { Countdown } from '../countdown.tsx';
import { Actions } from './actions.tsx';
import { useRequest } from './use-request.ts';

const FIELDS: Record<Question, InputHTMLAttributes<HTMLInputElement>> = {
  phone: { type: 'tel', autoComplete: 'tel', inputMode: 'tel' },
  code: { type: 'text', autoComplete: 'one-time-code', inputMode: 'numeric' },
  password: { type: 'password', autoComplete: 'current-password' },
};

/** One question of the worker and the field to answer it in. */
export const Ask = (props: {
  signIn: SignInView;
  question: Question;
  typed: string;
  onSend: (answer: string) => void;
}) => {
  const { signIn, question } = props;
  const { t } = useTexts();
  const { isSending, failure, send } = useRequest();
  const [answer, setAnswer] = useState(props.typed);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const problem = failure ?? (signIn.problem && t(problemKey(signIn.problem as ProblemCode)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSend(answer);
    void send(() => answerQuestion(signIn, question, question === 'password' ? answer : answer.trim()));
  };
  return (
    <div className={css.card}>
      <form className={css.form} onSubmit={submit}>
        <label htmlFor={id} className={css.heading}>
          {t(`sign-in-ask-${question}`)}
        </label>
        <p id={`${id}-about`} className={css.soft}>
          {t(`sign-in-ask-${question}-about`)}
          {signIn.hint && <b className={css.hint}>{t('sign-in-hint', { hint: signIn.hint })}</b>}
        </p>
        {problem && (
          <Note tone="bad" role="alert">
            {problem}
          </Note>
        )}
        <input
          {...FIELDS[question]}
          id={id}
          ref={field}
          className={css.input}
          aria-describedby={`${id}-about`}
          required
          maxLength={256}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
        />
        <button type="submit" className={css.main} disabled={isSending || answer.trim() === ''}>
          {t('sign-in-continue')}
        </button>
      </form>
      <div className={css.soft}>
        <Countdown label={t('sign-in-time-left')} ms={signIn.leftMs} since={signIn.signInId} />
      </div>
      <Actions signIn={signIn} />
    </div>
  );
};
