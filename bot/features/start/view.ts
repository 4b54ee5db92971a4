import type { Translate } from '#locales/translate.ts';
import { callbacks } from '../../callbacks.ts';
import type { KnownOperator } from '../../context.ts';
import { escapeHtml, type Screen } from '../../screen.ts';

export type Welcome = {
  firstName: string;
  operator: Pick<KnownOperator, 'workspaceName' | 'role' | 'others'> | undefined;
  miniappUrl: string | undefined;
};

/** The first thing a person reads: what Usher does, and the way in, or why there is none. */
export const startScreen = (model: Welcome, t: Translate): Screen => {
  const firstName = escapeHtml(model.firstName);
  const { operator } = model;
  if (!operator) return { text: t('bot-start-stranger', { firstName }), buttons: [] };
  const panel = model.miniappUrl ? [[{ text: t('bot-open-panel'), webApp: model.miniappUrl }]] : [];
  const others = operator.others.map(({ workspaceId, workspaceName }) => [
    { text: t('bot-work-in', { workspace: workspaceName }), data: callbacks.workIn(workspaceId) },
  ]);
  const workspace = escapeHtml(operator.workspaceName);
  return {
    text: t('bot-start', { firstName, workspace, role: t(`role-${operator.role}`) }),
    buttons: [...panel, [{ text: t('bot-show-status'), data: callbacks.refreshStatus }], ...others],
  };
};
