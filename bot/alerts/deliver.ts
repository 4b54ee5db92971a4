import type { Api } from 'grammy';
import { Refused } from '#core/refusals.ts';
import { getAlertSubject } from '#db/queries/get-alert-subject.ts';
import { listRecipients } from '#db/queries/list-recipients.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotDeps } from '../deps.ts';
import { showInPlace } from '../edited-message.ts';
import { type AlertEvent, alertKey, alertScreen, subjectOf } from './alert-view.ts';

/**
 * Tells every member of the event's workspace, in their language. A repeat of the same day edits its message. What is
 * gone by now, such as a task that was deleted meanwhile, is told to nobody.
 */
export const deliverAlert = async (
  deps: BotDeps,
  api: Api,
  botUsername: string,
  event: AlertEvent,
): Promise<void> => {
  const ctx = { db: deps.db, workspaceId: event.workspaceId };
  const subject = await getAlertSubject(ctx, subjectOf(event)).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'not_found') return undefined;
    throw error;
  });
  if (!subject) return;
  const panel = { miniappUrl: deps.miniappUrl, botUsername };
  for (const recipient of await listRecipients(ctx)) {
    const screen = alertScreen(event, subject, panel, createTranslate(recipient.language));
    const address = {
      workspaceId: event.workspaceId,
      operatorId: recipient.operatorId,
      chatId: recipient.telegramId,
      key: alertKey(event),
    };
    await showInPlace(deps, api, address, screen);
  }
};
