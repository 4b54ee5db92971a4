import type { Api } from 'grammy';
import { getAlertSubject } from '#db/queries/get-alert-subject.ts';
import { listRecipients } from '#db/queries/list-recipients.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotDeps } from '../deps.ts';
import { showInPlace } from '../edited-message.ts';
import { type AlertEvent, alertKey, alertScreen, subjectOf } from './alert-view.ts';

/** Tells every member of the event's workspace, in their language. A repeat of the same day edits its message. */
export const deliverAlert = async (deps: BotDeps, api: Api, event: AlertEvent): Promise<void> => {
  const ctx = { db: deps.db, workspaceId: event.workspaceId };
  const subject = await getAlertSubject(ctx, subjectOf(event));
  for (const recipient of await listRecipients(ctx)) {
    const screen = alertScreen(event, subject, deps.miniappUrl, createTranslate(recipient.language));
    const address = {
      workspaceId: event.workspaceId,
      operatorId: recipient.operatorId,
      chatId: recipient.telegramId,
      key: alertKey(event),
    };
    await showInPlace(deps, api, address, screen);
  }
};
