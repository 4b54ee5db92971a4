import { useId, useRef, useState } from 'react';
import { feel } from '../../telegram/haptics.ts';
import { canShare, shareLink } from '../../telegram/share.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import css from './team.module.css';

/** A link to pass on, shown this once. */
export const InvitationLink = ({ link }: { link: string }) => {
  const { t } = useTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  const copy = async () => {
    field.current?.select();
    // A frame may not be allowed the clipboard; then the link stands selected, to be copied by hand.
    setCopied(
      await navigator.clipboard.writeText(link).then(
        () => true,
        () => document.execCommand('copy'),
      ),
    );
    feel('success');
  };
  return (
    <div className={css.link}>
      <label htmlFor={id} className={css.hint}>
        {t('team-invite-link')}
      </label>
      <input
        id={id}
        ref={field}
        className={css.address}
        readOnly
        value={link}
        onFocus={(e) => e.target.select()}
      />
      <div className={css.deeds}>
        <Button text={t(isCopied ? 'team-copied' : 'team-copy')} onClick={() => void copy()} />
        {canShare() && (
          <Button text={t('team-share')} onClick={() => shareLink(link, t('team-share-text'))} />
        )}
      </div>
    </div>
  );
};
