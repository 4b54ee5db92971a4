import { badRequest } from '../bot-api-error.ts';
import { type BotMethod, defineMethod } from '../method.ts';
import { flag, optionalText, text } from '../params.ts';

const MAX_ANSWER = 200;

export const callbackQueryMethods: BotMethod[] = [
  defineMethod(
    'answerCallbackQuery',
    {
      callback_query_id: text('query is too old and response timeout expired or query ID is invalid'),
      text: optionalText,
      show_alert: flag,
      url: optionalText,
    },
    (call, params) => {
      if ((params.text ?? '').length > MAX_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
      call.callbacks.answer(params.callback_query_id, {
        ...(params.text !== undefined && { text: params.text }),
        ...(params.show_alert && { alert: true }),
        ...(params.url !== undefined && { url: params.url }),
      });
      return true;
    },
  ),
];
