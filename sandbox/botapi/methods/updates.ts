import { z } from 'zod';
import { badRequest, conflict } from '../bot-api-error.ts';
import { type BotCall, type BotMethod, defineMethod } from '../method.ts';
import { flag, integer, json, optionalText } from '../params.ts';
import { isLoopback } from '../reply-markup.ts';

const MAX_TIMEOUT_SECONDS = 50;
const WEBHOOK_ACTIVE =
  "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const POLL_ENDED_BY_WEBHOOK = 'terminated by setWebhook request';

const allowedUpdates = json(
  z.array(z.string(), { error: "can't parse allowed_updates: Array expected" }),
  "can't parse allowed_updates JSON object",
).optional();

export const updateMethods: BotMethod[] = [
  defineMethod(
    'getUpdates',
    {
      offset: integer('invalid offset specified').optional(),
      limit: integer('invalid limit specified').optional(),
      timeout: integer('invalid timeout specified').optional(),
      allowed_updates: allowedUpdates,
    },
    (call, params) => {
      const { account } = call;
      if (account.webhook) throw conflict(WEBHOOK_ACTIVE);
      if (params.allowed_updates) account.queue.allowed = params.allowed_updates;
      return account.queue.poll({
        ...(params.offset !== undefined && { offset: params.offset }),
        limit: Math.min(Math.max(params.limit ?? 100, 1), 100),
        timeoutMs: Math.min(Math.max(params.timeout ?? 0, 0), MAX_TIMEOUT_SECONDS) * 1000,
        signal: call.signal,
      });
    },
  ),

  defineMethod(
    'setWebhook',
    {
      url: optionalText,
      secret_token: optionalText,
      allowed_updates: allowedUpdates,
      drop_pending_updates: flag,
    },
    (call, params) => {
      if (params.url === undefined) return removeWebhook(call, params.drop_pending_updates);
      checkWebhookUrl(params.url);
      if (params.secret_token !== undefined && !/^[\w-]{1,256}$/.test(params.secret_token)) {
        throw badRequest('secret token contains unallowed characters');
      }
      if (params.allowed_updates) call.account.queue.allowed = params.allowed_updates;
      if (params.drop_pending_updates) call.account.queue.clear();
      call.account.queue.interrupt(POLL_ENDED_BY_WEBHOOK);
      call.setWebhook(call.bot, { url: params.url, secretToken: params.secret_token });
      return true;
    },
  ),

  defineMethod('deleteWebhook', { drop_pending_updates: flag }, (call, params) =>
    removeWebhook(call, params.drop_pending_updates),
  ),

  defineMethod('getWebhookInfo', {}, ({ account: { webhook, queue } }) => ({
    url: webhook?.config.url ?? '',
    has_custom_certificate: false,
    pending_update_count: queue.size,
    last_error_date: webhook?.lastError?.date,
    last_error_message: webhook?.lastError?.message,
    allowed_updates: queue.allowed.length > 0 ? queue.allowed : undefined,
  })),
];

function removeWebhook({ account }: BotCall, dropPending: boolean): true {
  account.webhook?.stop();
  account.webhook = undefined;
  if (dropPending) account.queue.clear();
  return true;
}

/** Telegram wants https; as a local Bot API server does, the sandbox takes http, on loopback. */
function checkWebhookUrl(url: string): void {
  if (!URL.canParse(url)) throw badRequest('bad webhook: Wrong URL host');
  const parsed = new URL(url);
  const isFine = parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed));
  if (!isFine) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
}
