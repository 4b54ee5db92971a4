import { useId, useRef, useState } from 'react';
import { feel } from '../telegram/haptics.ts';
import { useTexts } from '../texts/context.ts';
import { Button } from '../ui/button.tsx';
import css from './shown-once.module.css';

/**
 * A file to be taken along, as text: Telegram's frames let no page save a file, but copying is always possible. Where
 * saving is allowed, it is saved under `name`.
 */
export const TextFile = ({ label, text, name }: { label: string; text: string; name: string }) => {
  const { t } = useTexts();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [isCopied, setCopied] = useState(false);

  const copy = async () => {
    field.current?.select();
    setCopied(
      await navigator.clipboard.writeText(text).then(
        () => true,
        () => document.execCommand('copy'),
      ),
    );
    feel('success');
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    Object.assign(document.createElement('a'), { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return (
    <div className={css.group}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <textarea id={id} ref={field} className={css.file} rows={6} readOnly value={text} />
      <div className={css.deeds}>
        <Button text={t(isCopied ? 'web-copied' : 'web-copy')} onClick={() => void copy()} />
        {!isFramed() && <Button text={t('web-save')} onClick={save} />}
      </div>
    </div>
  );
};

/** Telegram's web clients frame the page without the right to save; the others show it in a view of its own. */
const isFramed = (): boolean => window.self !== window.top;
