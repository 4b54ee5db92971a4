import { createHash } from 'node:crypto';
import { type Api, type Context, GrammyError } from 'grammy';
import { findBotMessage, forgetBotMessage, saveBotMessage } from '#db/bot-messages.ts';
import type { BotDeps } from './deps.ts';
import { type Screen, toMessage } from './screen.ts';

/** Which message is meant: one of a key in one operator's chat. */
export type MessageAddress = { workspaceId: string; operatorId: string; key: string; chatId: string };

/**
 * Shows a screen in the one message of its key: edits it where it stands, or sends it when there is none.
 * An equal screen costs no call. A chat the operator has closed to the bot is left in peace.
 */
export const showInPlace = async (
  deps: BotDeps,
  api: Api,
  address: MessageAddress,
  screen: Screen,
): Promise<void> => {
  const shown = createHash('sha256').update(JSON.stringify(screen)).digest();
  const known = await findBotMessage(deps.db, address);
  if (known?.shown.equals(shown)) return;
  try {
    const messageId = known
      ? await edit(api, address, known.messageId, screen)
      : await send(api, address, screen);
    await saveBotMessage(deps.db, { ...address, messageId, shown });
  } catch (error) {
    if (!isChatClosed(error)) throw error;
    await forgetBotMessage(deps.db, address);
    deps.log.info(
      { operatorId: address.operatorId, key: address.key },
      'the operator has not opened the chat with the bot, or has closed it',
    );
  }
};

/** Sends the screen as a new message and makes it the one of its key. */
export const showAnew = async (
  deps: BotDeps,
  api: Api,
  address: MessageAddress,
  screen: Screen,
): Promise<void> => {
  const shown = createHash('sha256').update(JSON.stringify(screen)).digest();
  const messageId = await send(api, address, screen);
  await saveBotMessage(deps.db, { ...address, messageId, shown });
};

/** Shows a screen in the message whose button was pressed. */
export const showInPressed = async (ctx: Context, screen: Screen): Promise<void> => {
  const { text, options } = toMessage(screen);
  await ctx.editMessageText(text, options).catch((error: unknown) => {
    if (!says(error, 'message is not modified')) throw error;
  });
};

const send = async (api: Api, address: MessageAddress, screen: Screen): Promise<number> => {
  const { text, options } = toMessage(screen);
  return (await api.sendMessage(address.chatId, text, options)).message_id;
};

const edit = async (
  api: Api,
  address: MessageAddress,
  messageId: number,
  screen: Screen,
): Promise<number> => {
  const { text, options } = toMessage(screen);
  try {
    await api.editMessageText(address.chatId, messageId, text, options);
    return messageId;
  } catch (error) {
    if (says(error, 'message is not modified')) return messageId;
    if (says(error, 'message to edit not found') || says(error, "message can't be edited"))
      return send(api, address, screen);
    throw error;
  }
};

/** The Bot API tells these cases apart by their description only. */
const says = (error: unknown, text: string): boolean =>
  error instanceof GrammyError && error.error_code === 400 && error.description.includes(text);

const isChatClosed = (error: unknown): boolean =>
  error instanceof GrammyError && (error.error_code === 403 || says(error, 'chat not found'));
