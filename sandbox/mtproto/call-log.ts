/** One RPC of a session, by the id of the message that carried it. */
export type Call = {
  readonly msgId: bigint;
  /** Settles with whether the call succeeded. */
  readonly finished: Promise<boolean>;
  isFinished: boolean;
  /** The reply's bytes until the client has acknowledged them. */
  reply: Buffer | undefined;
  replyMsgId: bigint | undefined;
  /** The client asked for no reply. */
  isReplyDropped: boolean;
  finish(isSuccess: boolean): void;
};

const mostCalls = 500;
const mostReplies = 50;

/**
 * A session's recent calls, so that a message sent twice runs once and is answered from here, and so that
 * invokeAfterMsg can wait. Bounded: the oldest calls are forgotten, the oldest replies sooner.
 */
export class CallLog {
  private readonly calls = new Map<bigint, Call>();
  private readonly unacknowledged = new Map<bigint, Call>();

  find(msgId: bigint): Call | undefined {
    return this.calls.get(msgId);
  }

  open(msgId: bigint): Call {
    let settle: (isSuccess: boolean) => void = () => {};
    const call: Call = {
      msgId,
      finished: new Promise((resolve) => {
        settle = resolve;
      }),
      isFinished: false,
      reply: undefined,
      replyMsgId: undefined,
      isReplyDropped: false,
      finish(isSuccess) {
        call.isFinished = true;
        settle(isSuccess);
      },
    };
    this.calls.set(msgId, call);
    trim(this.calls, mostCalls, () => {});
    return call;
  }

  /** Forgets a call that never ran, so that its message may be sent again. */
  forget(call: Call): void {
    call.finish(false);
    this.calls.delete(call.msgId);
  }

  /** Keeps the reply for a repeated request until the client acknowledges `replyMsgId`. */
  keepReply(call: Call, reply: Buffer, replyMsgId: bigint): void {
    if (call.replyMsgId !== undefined) this.unacknowledged.delete(call.replyMsgId);
    call.reply = reply;
    call.replyMsgId = replyMsgId;
    this.unacknowledged.set(replyMsgId, call);
    trim(this.unacknowledged, mostReplies, forgetReply);
  }

  acknowledge(replyMsgId: bigint): void {
    const call = this.unacknowledged.get(replyMsgId);
    if (!call) return;
    forgetReply(call);
    this.unacknowledged.delete(replyMsgId);
  }
}

function forgetReply(call: Call): void {
  call.reply = undefined;
}

function trim(calls: Map<bigint, Call>, most: number, onRemoved: (call: Call) => void): void {
  if (calls.size <= most) return;
  const oldest = calls.entries().next().value;
  if (!oldest) return;
  calls.delete(oldest[0]);
  onRemoved(oldest[1]);
}
