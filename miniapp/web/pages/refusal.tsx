import { ApiProblem, failureText } from '../api/problem.ts';
import { closeApp } from '../telegram/start.ts';
import { useTexts } from '../texts/context.ts';
import { Note } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import css from '../ui/stack.module.css';

/** Why something was not done; what wants a fresh launch comes with the way to one. */
export const Refusal = ({ error }: { error: unknown }) => {
  const { t } = useTexts();
  if (!error) return null;
  const isStale = error instanceof ApiProblem && error.code === 'launch.not_fresh';
  return (
    <div className={css.refusal}>
      <Note tone="bad" role="alert">
        {failureText(t, error)}
      </Note>
      {isStale && <Button text={t('web-close')} onClick={closeApp} />}
    </div>
  );
};
