import { type ReactNode, useId, useRef, useState } from 'react';
import { feel } from '../telegram/haptics.ts';
import { useTexts } from '../texts/context.ts';
import { Button } from '../ui/button.tsx';
import css from './shown-once.module.css';

/** Something that is shown this once, to be taken along; `children` stand beside the button that copies. */
export const ShownOnce = (props: { label: string; value: string; children?: ReactNode }) => {
  const { t } = useTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  const copy = async () => {
    field.current?.select();
    // A frame may not be allowed the clipboard; then it stands selected, to be copied by hand.
    setCopied(
      await navigator.clipboard.writeText(props.value).then(
        () => true,
        () => document.execCommand('copy'),
      ),
    );
    feel('success');
  };
  return (
    <div className={css.group}>
      <label htmlFor={id} className={css.label}>
        {props.label}
      </label>
      <input
        id={id}
        ref={field}
        className={css.value}
        readOnly
        value={props.value}
        onFocus={({ target }) => target.select()}
      />
      <div className={css.deeds}>
        <Button text={t(isCopied ? 'web-copied' : 'web-copy')} onClick={() => void copy()} />
        {props.children}
      </div>
    </div>
  );
};
