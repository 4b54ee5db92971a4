import type { WorkspaceStatus } from '#db/queries/get-status.ts';
import type { Translate } from '#locales/translate.ts';
import { accountLine } from '../../account-line.ts';
import { callbacks } from '../../callbacks.ts';
import { progressBar } from '../../progress-bar.ts';
import { escapeHtml, type Screen } from '../../screen.ts';

/** The one status message: every open campaign with its progress, every account with what it does next. */
export const statusScreen = (
  model: WorkspaceStatus,
  view: { now: Date; miniappUrl: string | undefined },
  t: Translate,
): Screen => {
  const campaigns = model.campaigns.map((campaign) => campaignLines(campaign, t));
  const accounts = model.accounts.map((account) => accountLine(account, view.now, t));
  const text = [
    `<b>${escapeHtml(model.workspaceName)}</b>`,
    campaigns.length > 0 ? campaigns.join('\n\n') : t('bot-status-no-campaigns'),
    accounts.length > 0
      ? [`<b>${t('bot-status-accounts')}</b>`, ...accounts].join('\n')
      : t('bot-status-no-accounts'),
    `<i>${t('bot-status-as-of', { at: view.now })}</i>`,
  ].join('\n\n');
  const panel = view.miniappUrl ? [{ text: t('bot-open-panel'), webApp: view.miniappUrl }] : [];
  return { text, buttons: [[{ text: t('bot-refresh'), data: callbacks.refreshStatus }, ...panel]] };
};

const campaignLines = (campaign: WorkspaceStatus['campaigns'][number], t: Translate): string => {
  const { counts } = campaign;
  const percent = counts.total === 0 ? 0 : Math.floor((100 * counts.settled) / counts.total);
  return [
    `<b>${escapeHtml(campaign.name)}</b> · ${t(`campaign-status-${campaign.status}`)}`,
    progressBar(percent),
    t('bot-status-counts', {
      joined: counts.joined,
      alreadyMembers: counts.alreadyMember,
      refused: counts.refused,
      left: counts.total - counts.settled,
    }),
  ].join('\n');
};
