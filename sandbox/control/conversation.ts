import type { MenuButton } from '#sandbox/botapi/bot-account.ts';
import { type BotCommand, scopesOfPrivateChat } from '#sandbox/botapi/command-book.ts';
import type { BotApi } from '#sandbox/botapi/create-bot-api.ts';
import type { BotUser } from '#sandbox/botapi/method.ts';
import { entitiesOf } from '#sandbox/botapi/text/entities.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { InlineKeyboard, Message, MessageEntity, User } from '#sandbox/world/types.ts';

/** What a person sees of their chat with a bot. Times are business time, ISO. */
export type Conversation = {
  user: { id: string; firstName: string; lastName?: string; username?: string; languageCode?: string };
  bot: { id: string; firstName: string; username?: string; description: string };
  /** The command list this person is shown, by Telegram's precedence. */
  commands: BotCommand[];
  menuButton: MenuButton;
  blocked: boolean;
  replyKeyboard?: { text: string }[][];
  messages: ConversationMessage[];
};

export type ConversationMessage = {
  id: number;
  from: 'user' | 'bot';
  text: string;
  entities: MessageEntity[];
  at: string;
  editedAt?: string;
  keyboard?: InlineKeyboard['inline_keyboard'];
  replyTo?: number;
  service?: string;
  media?: { kind: 'photo' | 'document'; name: string; size: number; path: string };
};

export function describeConversation(world: World, botApi: BotApi, user: User, bot: BotUser): Conversation {
  const account = botApi.accountOf(bot.id);
  const own = account.menuButtons.get(user.id);
  const language = user.languageCode ?? '';
  const description =
    account.profileTexts.get(`description:${language}`) || account.profileTexts.get('description:') || '';
  const replyKeyboard = account.replyKeyboards.get(user.id)?.keyboard;
  return {
    user: {
      id: user.id,
      firstName: user.firstName,
      ...(user.lastName !== undefined && { lastName: user.lastName }),
      ...(user.username !== undefined && { username: user.username }),
      ...(user.languageCode !== undefined && { languageCode: user.languageCode }),
    },
    bot: {
      id: bot.id,
      firstName: bot.firstName,
      ...(bot.username !== undefined && { username: bot.username }),
      description,
    },
    commands: account.commands.firstOf(scopesOfPrivateChat(user.id), user.languageCode),
    menuButton: own === undefined || own.type === 'default' ? account.menuButton : own,
    blocked: world.hasBlocked(user.id, bot.id),
    ...(replyKeyboard && { replyKeyboard }),
    messages: world
      .privateMessages(user.id, bot.id)
      .map((message) => describeMessage(botApi, message, bot.id)),
  };
}

function describeMessage(botApi: BotApi, message: Message, botId: string): ConversationMessage {
  const { media } = message;
  const file = media && botApi.files.find(media.fileId);
  return {
    id: message.id,
    from: 'user' in message.from && message.from.user === botId ? 'bot' : 'user',
    text: message.text,
    entities: entitiesOf(message),
    at: message.at.toISOString(),
    ...(message.editedAt && { editedAt: message.editedAt.toISOString() }),
    ...(message.keyboard && { keyboard: message.keyboard.inline_keyboard }),
    ...(message.replyTo !== undefined && { replyTo: message.replyTo }),
    ...(message.service && { service: message.service }),
    ...(media &&
      file && {
        media: {
          kind: media.kind,
          name: file.name,
          size: file.bytes.length,
          path: `/files/${file.fileId}`,
        },
      }),
  };
}
