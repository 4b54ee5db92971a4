import bigInt from 'big-integer';
import type {
  Answer,
  ChatRef,
  InviteOutcome,
  Membership,
  MissingReason,
  PersonRef,
  UserSession,
} from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { toInputChannel, toInputPeerOfUser, toInputUser } from './peers.ts';

/** Members of a basic group see this many of its last messages when they are added. */
const HISTORY_SHOWN = 100;

export const inviteCalls = (call: Call): Pick<UserSession, 'inviteOne' | 'readMembership'> => ({
  async inviteOne(chat, person) {
    const answer = await invite(call, chat, person);
    return answer.ok
      ? toOutcome(answer.value.missingInvitees[0])
      : { kind: 'failed', failure: answer.failure };
  },
  readMembership: (chat, person) =>
    chat.kind === 'group' ? readInGroup(call, chat, person) : readInChannel(call, chat, person),
});

/** One call, one person: errors and missing invitees then speak of nobody else. */
const invite = (call: Call, chat: ChatRef, person: PersonRef): Promise<Answer<Tl.messages.InvitedUsers>> =>
  chat.kind === 'group'
    ? call(
        new Api.messages.AddChatUser({
          chatId: bigInt(chat.telegramId),
          userId: toInputUser(person),
          fwdLimit: HISTORY_SHOWN,
        }),
      )
    : call(new Api.channels.InviteToChannel({ channel: toInputChannel(chat), users: [toInputUser(person)] }));

/** Telegram takes the call and still adds nobody: `missing_invitees` (core.telegram.org/api/invites). */
const toOutcome = (missing: Tl.MissingInvitee | undefined): InviteOutcome =>
  missing ? { kind: 'missing', why: whyMissing(missing) } : { kind: 'joined' };

function whyMissing(missing: Tl.MissingInvitee): MissingReason {
  if (missing.premiumRequiredForPm) return 'premium_required_for_pm';
  return missing.premiumWouldAllowInvite ? 'premium_would_allow' : 'privacy';
}

async function readInChannel(call: Call, chat: ChatRef, person: PersonRef): Promise<Answer<Membership>> {
  const answer = await call(
    new Api.channels.GetParticipant({
      channel: toInputChannel(chat),
      participant: toInputPeerOfUser(person),
    }),
  );
  if (!answer.ok) {
    return answer.failure.error === 'USER_NOT_PARTICIPANT' ? { ok: true, value: 'never' } : answer;
  }
  const { participant } = answer.value;
  if (participant instanceof Api.ChannelParticipantLeft) return { ok: true, value: 'left' };
  const isKicked = participant instanceof Api.ChannelParticipantBanned && participant.left === true;
  return { ok: true, value: isKicked ? 'kicked' : 'member' };
}

async function readInGroup(call: Call, chat: ChatRef, person: PersonRef): Promise<Answer<Membership>> {
  const answer = await call(new Api.messages.GetFullChat({ chatId: bigInt(chat.telegramId) }));
  if (!answer.ok) return answer;
  const full = answer.value.fullChat;
  const list = full instanceof Api.ChatFull ? full.participants : undefined;
  if (!(list instanceof Api.ChatParticipants)) {
    return { ok: false, failure: { kind: 'rpc', error: 'CHAT_ADMIN_REQUIRED' } };
  }
  const isMember = list.participants.some((one) => one.userId.toString() === person.telegramId);
  return { ok: true, value: isMember ? 'member' : 'never' };
}
