import type { Post, UserSession } from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { countOf, MESSAGES_PAGE, nextBeforeId, older, toMessagesPage } from './message-page.ts';
import { toChatRef, toInputChat } from './peers.ts';

export const commentCalls = (
  call: Call,
  now: () => Date,
): Pick<UserSession, 'listPosts' | 'listComments'> => ({
  async listPosts(channel, beforeId, limit = MESSAGES_PAGE) {
    const peer = toInputChat(channel);
    const answer = await call(new Api.messages.GetHistory({ peer, ...older(beforeId), limit }));
    if (!answer.ok) return answer;
    const messages = 'messages' in answer.value ? answer.value.messages : [];
    return {
      ok: true,
      value: {
        posts: messages.filter((message) => message instanceof Api.Message).map(toPost),
        total: countOf(answer.value),
        nextBeforeId: nextBeforeId(messages, limit),
      },
    };
  },

  async listComments(channel, postId, beforeId, conditions) {
    const answer = await call(
      new Api.messages.GetReplies({ peer: toInputChat(channel), msgId: postId, ...older(beforeId) }),
    );
    if (!answer.ok) return answer;
    const found = answer.value;
    const discussion = 'messages' in found ? discussionOf(found.messages, found.chats) : undefined;
    return { ok: true, value: toMessagesPage(found, discussion ?? channel, conditions, now()) };
  },
});

const toPost = (message: Tl.Message): Post => ({
  messageId: message.id,
  at: new Date(message.date * 1000),
  comments: message.replies?.comments ? message.replies.replies : 0,
});

/** Comments live in the discussion group, where their `min` authors can be addressed. */
function discussionOf(messages: Tl.TypeMessage[], chats: Tl.TypeChat[]) {
  const peer = messages.find((message) => message instanceof Api.Message)?.peerId;
  const id = peer instanceof Api.PeerChannel ? peer.channelId.toString() : undefined;
  const chat = chats.find((one) => one.id.toString() === id);
  return chat && toChatRef(chat);
}
