import { useState } from 'react';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { RESUME_REASON_LENGTH } from '#miniapp/contract/resume-reason.ts';
import { type SteeringVerb, useSteering } from '../../api/campaigns.ts';
import { failureText } from '../../api/problem.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useMainButton } from '../../telegram/main-button.ts';
import { useTexts } from '../../texts/context.ts';
import { Note } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';

/**
 * Telegram's main button pauses or resumes, a button of the page cancels, each after asking; a refusal stands on the page.
 * What a breaker has stopped wants a reason first.
 */
export const Steering = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useSteering(campaign.campaignId);
  const [reason, setReason] = useState('');
  const { wantsReason } = campaign;
  const verb = verbOf(campaign.status);

  const ask = async (chosen: SteeringVerb) => {
    const isMeant = await confirmWith({
      title: t(`web-steer-${chosen}-title`),
      message: t(`web-steer-${chosen}-text`),
      accept: t(`web-steer-${chosen}`),
    });
    if (!isMeant) return;
    const order = { verb: chosen, reason: wantsReason && chosen === 'resume' ? reason.trim() : undefined };
    mutate(order, { onSuccess: () => feel('success'), onError: () => feel('error') });
  };
  useMainButton(
    verb && {
      text: t(`web-steer-${verb}`),
      isBusy: isPending,
      isEnabled: !wantsReason || reason.trim() !== '',
      onClick: () => void ask(verb),
    },
  );
  return (
    <>
      {wantsReason && (
        <TextField
          label={t('web-resume-reason')}
          hint={t('web-resume-reason-hint')}
          value={reason}
          maxLength={RESUME_REASON_LENGTH}
          onChange={setReason}
        />
      )}
      {CANCELLABLE.includes(campaign.status) && (
        <Button
          text={t('web-steer-cancel')}
          tone="bad"
          isBusy={isPending}
          onClick={() => void ask('cancel')}
        />
      )}
      {error && (
        <Note tone="bad" role="alert">
          {failureText(t, error)}
        </Note>
      )}
    </>
  );
};

const CANCELLABLE: readonly CampaignDetail['status'][] = ['draft', 'scheduled', 'running', 'paused'];

const verbOf = (status: CampaignDetail['status']): 'pause' | 'resume' | undefined => {
  if (status === 'running') return 'pause';
  return status === 'paused' ? 'resume' : undefined;
};
