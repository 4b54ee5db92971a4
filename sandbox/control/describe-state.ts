import { botApiChatId } from '#sandbox/botapi/places.ts';
import type { ControlDeps } from './deps.ts';

/** What `GET /state` tells. */
export type SandboxState = ReturnType<typeof describeState>;

export function describeState({ telegram, botApi, cast }: ControlDeps) {
  const { world, clock, server } = telegram;
  return {
    seed: world.seed,
    cast: cast(),
    clock: describeClock(clock),
    users: world.state.users.size,
    chats: [...world.listChats()].map((chat) => ({
      id: chat.id,
      botApiId: botApiChatId(chat),
      kind: chat.kind,
      title: chat.title,
      ...(chat.username !== undefined && { username: chat.username }),
      members: chat.members.size,
      messages: chat.messages.length,
      joinRequests: chat.joinRequests.size,
    })),
    /** Keys somebody is signed in on. */
    sessions: [...server.keys()].flatMap((key) => {
      if (key.userId === undefined) return [];
      const connections = [...server.connections()].filter((connection) => connection.auth === key);
      return [{ session: key.id, account: key.userId, dcId: key.dcId, connections: connections.length }];
    }),
    /** Calls of methods nobody serves; empty in a healthy run. */
    unknownMethods: {
      mtproto: Object.fromEntries(telegram.unknownMethods),
      bot: Object.fromEntries(botApi.unknownMethods),
    },
    internalErrors: telegram.internalErrors.map(({ method, error }) => ({ method, error: String(error) })),
  };
}

export function describeClock(clock: ControlDeps['telegram']['clock']) {
  return { now: clock.now().toISOString(), scale: clock.scale, epochMs: clock.epochMs };
}
