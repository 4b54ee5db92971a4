import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useSteering } from '../../api/campaigns.ts';
import { failureKey } from '../../api/problem.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useMainButton } from '../../telegram/main-button.ts';
import { useTexts } from '../../texts/context.ts';
import { Note } from '../../ui/banner.tsx';

/** Telegram's main button pauses or resumes, after asking; a refusal stands on the page. */
export const Steering = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useSteering(campaign.campaignId);
  const verb = verbOf(campaign.status);

  const ask = async (chosen: 'pause' | 'resume') => {
    const isMeant = await confirmWith({
      title: t(`web-steer-${chosen}-title`),
      message: t(`web-steer-${chosen}-text`),
      accept: t(`web-steer-${chosen}`),
    });
    if (isMeant) mutate(chosen, { onSuccess: () => feel('success'), onError: () => feel('error') });
  };
  useMainButton(verb && { text: t(`web-steer-${verb}`), isBusy: isPending, onClick: () => void ask(verb) });
  return error ? (
    <Note tone="bad" role="alert">
      {t(failureKey(error))}
    </Note>
  ) : null;
};

const verbOf = (status: CampaignDetail['status']): 'pause' | 'resume' | undefined => {
  if (status === 'running') return 'pause';
  return status === 'paused' ? 'resume' : undefined;
};
