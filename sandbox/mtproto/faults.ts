import { setTimeout as wait } from 'node:timers/promises';
import type { FaultAction } from './contract.ts';
import { packReply, sendCallReply } from './replies.ts';
import { RpcError } from './rpc-error.ts';
import type { RunningCall } from './run-call.ts';

/** What a fault does before the handler runs: whether it runs at all. Throws the RpcError it injects. */
export async function applyFaultBefore(
  fault: FaultAction,
  running: RunningCall,
  method: string,
): Promise<'run' | 'stop'> {
  const { session, connection, message } = running;
  switch (fault.kind) {
    case 'rpcError':
      throw new RpcError(fault.code, fault.text);
    case 'migrate':
      throw new RpcError(303, `${method.startsWith('auth.') ? 'PHONE' : 'USER'}_MIGRATE_${fault.dcId}`);
    case 'delay':
      return wait(fault.ms, 'run' as const, { signal: connection.core.closing }).catch(() => 'stop' as const);
    case 'dropBefore':
      connection.drop();
      return 'stop';
    case 'forgottenKey':
      connection.forgetKey(session.auth);
      return 'stop';
    case 'badSalt':
      session.auth.salts.renew();
      session.refuseSalt(message);
      return 'stop';
    case 'stallPongs':
      session.auth.pongsStalledUntil = Date.now() + fault.ms;
      return 'run';
    default:
      return 'run';
  }
}

/** Sends the reply as the fault, if any, disfigures it. */
export function sendReplyWithFault(
  running: RunningCall,
  result: Buffer,
  fault: FaultAction | undefined,
): void {
  const { session, connection, call } = running;
  const isGzipped = fault?.kind === 'gzip' || result.length > connection.core.gzipOverBytes;
  const reply = packReply(call.msgId, result, isGzipped);
  switch (fault?.kind) {
    case 'noReply':
      session.calls.keepReply(call, reply, call.msgId);
      break;
    case 'dropAfterEffect':
      session.calls.keepReply(call, reply, call.msgId);
      connection.drop();
      break;
    case 'duplicateReply':
      sendCallReply(session, call, reply);
      sendCallReply(session, call, reply);
      break;
    case 'truncate':
      sendCallReply(session, call, packReply(call.msgId, firstHalf(result), false));
      break;
    default:
      sendCallReply(session, call, reply);
      break;
  }
}

/** Cut on a word, so that the packet still frames. */
function firstHalf(result: Buffer): Buffer {
  return result.subarray(0, (result.length >> 3) * 4);
}
