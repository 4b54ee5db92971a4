import { canShare, shareLink } from '../../telegram/share.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { ShownOnce } from '../shown-once.tsx';

/** A link to pass on, shown this once. */
export const InvitationLink = ({ link }: { link: string }) => {
  const { t } = useTexts();
  return (
    <ShownOnce label={t('team-invite-link')} value={link}>
      {canShare() && <Button text={t('team-share')} onClick={() => shareLink(link, t('team-share-text'))} />}
    </ShownOnce>
  );
};
