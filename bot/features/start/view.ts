import type { Translate } from '#locales/translate.ts';
import { callbacks } from '../../callbacks.ts';
import { escapeHtml, type Screen } from '../../screen.ts';

export type Welcome = {
  firstName: string;
  workspaceName: string | undefined;
  miniappUrl: string | undefined;
};

/** The first thing a person reads: what Usher does, and the way in, or why there is none. */
export const startScreen = (model: Welcome, t: Translate): Screen => {
  const firstName = escapeHtml(model.firstName);
  if (model.workspaceName === undefined) return { text: t('bot-start-stranger', { firstName }), buttons: [] };
  const panel = model.miniappUrl ? [[{ text: t('bot-open-panel'), webApp: model.miniappUrl }]] : [];
  return {
    text: t('bot-start', { firstName, workspace: escapeHtml(model.workspaceName) }),
    buttons: [...panel, [{ text: t('bot-show-status'), data: callbacks.refreshStatus }]],
  };
};
