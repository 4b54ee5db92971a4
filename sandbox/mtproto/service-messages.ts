import type { TlObject } from '#sandbox/tl/object.ts';
import { int, long, longs } from '#sandbox/tl/read.ts';
import { sendReply } from './replies.ts';
import { serviceSchema } from './service-schema.ts';
import type { Session } from './session.ts';

/** Bits of msgs_state_info: received, and on top of it being processed or answered. */
const notReceived = 2;
const received = 4;
const inProgress = 32;
const answered = 64;

/** Answers a message of the protocol itself: pings, salts, acknowledgements, sessions. */
export function answerServiceMessage(session: Session, msgId: bigint, message: TlObject): void {
  switch (message._) {
    case 'msgs_ack':
      for (const replyMsgId of longs(message, 'msgIds')) session.calls.acknowledge(replyMsgId);
      break;
    case 'ping_delay_disconnect':
      session.connection.disconnectAfter(int(message, 'disconnectDelay'));
      pong(session, msgId, message);
      break;
    case 'ping':
      pong(session, msgId, message);
      break;
    case 'get_future_salts':
      sendFutureSalts(session, msgId, int(message, 'num'));
      break;
    case 'msgs_state_req':
    case 'msg_resend_req':
      sendStates(session, msgId, longs(message, 'msgIds'));
      break;
    case 'destroy_session':
      destroySession(session, long(message, 'sessionId'));
      break;
    case 'rpc_drop_answer':
      dropAnswer(session, msgId, long(message, 'reqMsgId'));
      break;
    default:
      // Information that asks for nothing: msgs_state_info, msgs_all_info, http_wait on TCP.
      break;
  }
}

function pong(session: Session, msgId: bigint, message: TlObject): void {
  if (Date.now() < session.auth.pongsStalledUntil) return;
  session.sendService({ _: 'pong', msgId, pingId: long(message, 'pingId') });
}

function sendFutureSalts(session: Session, reqMsgId: bigint, count: number): void {
  const salts = session.auth.salts.future(count).map((salt) => ({ _: 'future_salt', ...salt }));
  session.sendService({ _: 'future_salts', reqMsgId, now: Math.floor(Date.now() / 1000), salts });
}

function sendStates(session: Session, reqMsgId: bigint, msgIds: bigint[]): void {
  const states = msgIds.map((msgId) => {
    const call = session.calls.find(msgId);
    return call ? received | (call.isFinished ? answered : inProgress) : notReceived;
  });
  session.sendService({ _: 'msgs_state_info', reqMsgId, info: Buffer.from(states) });
}

/** Telegram answers this one bare, outside rpc_result. */
function destroySession(session: Session, sessionId: bigint): void {
  const isDestroyed = sessionId !== session.id && session.auth.sessions.delete(sessionId);
  session.sendService({ _: isDestroyed ? 'destroy_session_ok' : 'destroy_session_none', sessionId });
}

function dropAnswer(session: Session, msgId: bigint, reqMsgId: bigint): void {
  const call = session.calls.find(reqMsgId);
  const isRunning = call !== undefined && !call.isFinished;
  if (isRunning) call.isReplyDropped = true;
  const answer = { _: isRunning ? 'rpc_answer_dropped_running' : 'rpc_answer_unknown' };
  sendReply(session, msgId, serviceSchema.encode(answer), { isGzipped: false });
}
