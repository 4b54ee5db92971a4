import { errorKey } from '#locales/keys.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useTexts } from '../../texts/context.ts';
import { Note } from '../../ui/banner.tsx';

/** Why the campaign does not run, where somebody or something stopped it. */
export const PauseNote = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t } = useTexts();
  const { status, statusBecause } = campaign;
  if (!statusBecause || status === 'running' || status === 'finished') return null;
  return <Note tone={status === 'failed' ? 'bad' : 'warm'}>{t(errorKey(statusBecause))}</Note>;
};
