import type { BotApi } from '#sandbox/botapi/create-bot-api.ts';
import type { BotUser } from '#sandbox/botapi/method.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { User } from '#sandbox/world/types.ts';
import { type Conversation, describeConversation } from './conversation.ts';

export type ConversationWatch = {
  /** The conversation now, then each time it has changed; ends after `stop`. */
  changes: AsyncIterable<Conversation>;
  stop(): void;
};

/** Follows one conversation. Changes that come faster than they are read are told as one. */
export function watchConversation(world: World, botApi: BotApi, user: User, bot: BotUser): ConversationWatch {
  let stopped = false;
  let mayDiffer = true;
  let wake: () => void = () => undefined;
  const look = () => {
    mayDiffer = true;
    wake();
  };
  const unsubscribe = [
    world.on((event) => {
      const isMessage = event.kind.startsWith('message_');
      if (isMessage || event.kind === 'bot_blocked' || event.kind === 'bot_unblocked') look();
    }),
    botApi.transcript.onRecord((entry) => {
      if (entry.bot === bot.id && entry.kind === 'call') look();
    }),
  ];

  async function* follow(): AsyncGenerator<Conversation> {
    let last = '';
    while (!stopped) {
      if (!mayDiffer) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      mayDiffer = false;
      const conversation = describeConversation(world, botApi, user, bot);
      const text = JSON.stringify(conversation);
      if (text === last) continue;
      last = text;
      yield conversation;
    }
  }

  return {
    changes: follow(),
    stop() {
      stopped = true;
      for (const end of unsubscribe) end();
      wake();
    },
  };
}
