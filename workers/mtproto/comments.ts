import bigInt from 'big-integer';
import type { ChatRef, Comment, Post, UserSession } from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { toChatRef, toInputChat, toSeenPeople } from './peers.ts';

const PAGE = 100;

export const commentCalls = (
  call: Call,
  now: () => Date,
): Pick<UserSession, 'listPosts' | 'listComments'> => ({
  async listPosts(channel, beforeId, limit = PAGE) {
    const peer = toInputChat(channel);
    const answer = await call(new Api.messages.GetHistory({ peer, ...page(beforeId), limit }));
    if (!answer.ok) return answer;
    const messages = 'messages' in answer.value ? answer.value.messages : [];
    return {
      ok: true,
      value: {
        posts: messages.filter((message) => message instanceof Api.Message).map(toPost),
        nextBeforeId: nextBeforeId(messages, limit),
      },
    };
  },

  async listComments(channel, postId, beforeId) {
    const answer = await call(
      new Api.messages.GetReplies({ peer: toInputChat(channel), msgId: postId, ...page(beforeId) }),
    );
    if (!answer.ok) return answer;
    const found = answer.value;
    if (!('messages' in found)) {
      return {
        ok: true,
        value: { comments: [], people: [], chat: channel, total: 0, nextBeforeId: undefined },
      };
    }
    return {
      ok: true,
      value: {
        comments: found.messages.flatMap(toComment),
        people: toSeenPeople(found.users, now()),
        chat: discussionOf(found.messages, found.chats) ?? channel,
        total: 'count' in found ? found.count : found.messages.length,
        nextBeforeId: nextBeforeId(found.messages),
      },
    };
  },
});

const page = (beforeId: number | undefined) => ({
  offsetId: beforeId ?? 0,
  offsetDate: 0,
  addOffset: 0,
  limit: PAGE,
  maxId: 0,
  minId: 0,
  hash: bigInt.zero,
});

/** A page that is not full is the last one. */
const nextBeforeId = (messages: Tl.TypeMessage[], limit = PAGE): number | undefined =>
  messages.length < limit ? undefined : messages.at(-1)?.id;

const toPost = (message: Tl.Message): Post => ({
  messageId: message.id,
  at: new Date(message.date * 1000),
  comments: message.replies?.comments ? message.replies.replies : 0,
});

/** Channels writing as themselves and anonymous administrators have no user as author. */
function toComment(message: Tl.TypeMessage): Comment[] {
  if (!(message instanceof Api.Message) || !(message.fromId instanceof Api.PeerUser)) return [];
  return [
    { messageId: message.id, at: new Date(message.date * 1000), authorId: message.fromId.userId.toString() },
  ];
}

/** Comments live in the discussion group, where their `min` authors can be addressed. */
function discussionOf(messages: Tl.TypeMessage[], chats: Tl.TypeChat[]): ChatRef | undefined {
  const peer = messages.find((message) => message instanceof Api.Message)?.peerId;
  const id = peer instanceof Api.PeerChannel ? peer.channelId.toString() : undefined;
  const chat = chats.find((one) => one.id.toString() === id);
  return chat && toChatRef(chat);
}
