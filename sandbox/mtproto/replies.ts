import { gzipSync } from 'node:zlib';
import { Writer } from '#sandbox/tl/writer.ts';
import type { Call } from './call-log.ts';
import { gzipPackedId, rpcResultId } from './service-schema.ts';
import type { Session } from './session.ts';

/** Queues the rpc_result of one message. */
export function sendReply(
  session: Session,
  msgId: bigint,
  result: Buffer,
  { isGzipped }: { isGzipped: boolean },
): bigint {
  session.skipAcknowledgement(msgId);
  return session.sendContent(packReply(msgId, result, isGzipped), 'reply');
}

/** Queues the reply of a finished call and keeps it for a repeated request. */
export function sendCallReply(session: Session, call: Call, packed: Buffer): void {
  session.skipAcknowledgement(call.msgId);
  session.calls.keepReply(call, packed, session.sendContent(packed, 'reply'));
}

/** rpc_result: the request's id, then the answer or its gzip. */
export function packReply(msgId: bigint, result: Buffer, isGzipped: boolean): Buffer {
  const writer = new Writer();
  writer.int(rpcResultId);
  writer.long(msgId);
  if (isGzipped) {
    writer.int(gzipPackedId);
    writer.bytes(gzipSync(result, { level: 1 }));
  } else {
    writer.raw(result);
  }
  return writer.finish();
}
