import { admit } from './admission.ts';
import type { Call } from './call-log.ts';
import type { Connection } from './connection.ts';
import type { CallContext, FaultAction, HandlerResult } from './contract.ts';
import type { Core } from './core.ts';
import { applyFaultBefore, sendReplyWithFault } from './faults.ts';
import type { Message } from './message.ts';
import { type Request, readRequest } from './read-request.ts';
import { sendCallReply } from './replies.ts';
import { RpcError } from './rpc-error.ts';
import { serviceSchema } from './service-schema.ts';
import type { Session } from './session.ts';

/** An RPC on its way from message to reply. */
export type RunningCall = { session: Session; connection: Connection; call: Call; message: Message };

type Outcome = { result?: HandlerResult; error?: RpcError; bytes: Buffer };

/** Runs the call a message carries, or answers a repeated message from the session's log. */
export function receiveCall(session: Session, message: Message): void {
  const repeated = session.calls.find(message.msgId);
  if (repeated) {
    if (repeated.reply) sendCallReply(session, repeated, repeated.reply);
    return;
  }
  const { connection } = session;
  const call = session.calls.open(message.msgId);
  runCall({ session, connection, call, message }).catch((error: unknown) => {
    call.finish(false);
    connection.core.hooks.onInternalError?.('server', error);
  });
}

async function runCall(running: RunningCall): Promise<void> {
  const startedMs = performance.now();
  const { session, connection, call, message } = running;
  const { core } = connection;
  const request = tryReadRequest(core, session, message.body);
  if (request instanceof RpcError) {
    call.finish(false);
    return sendReplyWithFault(running, encodeError(request), undefined);
  }
  const { query } = request;
  const ctx: CallContext = {
    auth: session.auth,
    connectionId: connection.id,
    dcId: connection.dcId,
    msgId: message.msgId,
  };
  let fault: FaultAction | undefined;
  let outcome: Outcome;
  try {
    if (!(await admit(connection))) throw new RpcError(406, 'AUTH_KEY_DUPLICATED');
    connection.announce();
    await waitForCalls(session, request.waitsFor);
    fault = core.hooks.decideFault?.(ctx, query._, query);
    if (fault && (await applyFaultBefore(fault, running, query._)) === 'stop')
      return session.calls.forget(call);
    outcome = await invoke(core, ctx, request);
  } catch (error) {
    outcome = fail(toRpcError(core, query._, error));
  }
  call.finish(outcome.error === undefined);
  connection.announce();
  const { bytes, ...ending } = outcome;
  core.hooks.onCall?.({
    ctx,
    seq: ++core.callCount,
    method: query._,
    request: query,
    ...ending,
    ...(fault && { fault: fault.kind }),
    durationMs: performance.now() - startedMs,
  });
  if (!call.isReplyDropped) sendReplyWithFault(running, bytes, fault);
}

function tryReadRequest(core: Core, session: Session, body: Buffer): Request | RpcError {
  try {
    const request = readRequest(core, session.auth, body);
    if (!request.isWithoutUpdates) session.wantsUpdates = true;
    return request;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
}

/** invokeAfterMsg: calls this session no longer remembers count as succeeded. */
async function waitForCalls(session: Session, msgIds: bigint[]): Promise<void> {
  for (const msgId of msgIds) {
    const isSuccess = await (session.calls.find(msgId)?.finished ?? true);
    if (!isSuccess) throw new RpcError(400, 'MSG_WAIT_FAILED');
  }
}

async function invoke(core: Core, ctx: CallContext, { query, schema }: Request): Promise<Outcome> {
  const handler = core.handlers.get(query._);
  if (!handler) {
    core.hooks.onUnknownMethod?.(query._);
    throw new RpcError(400, `METHOD_NOT_IMPLEMENTED_${toErrorWord(query._)}`);
  }
  const result = await handler(ctx, query);
  return { result, bytes: schema.encodeResult(query._, result) };
}

function toRpcError(core: Core, method: string, error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  core.hooks.onInternalError?.(method, error);
  const message = error instanceof Error ? error.message : String(error);
  return new RpcError(500, `INTERNAL_${toErrorWord(message).slice(0, 80)}`);
}

function fail(error: RpcError): Outcome {
  return { error, bytes: encodeError(error) };
}

function encodeError({ code, text }: RpcError): Buffer {
  return serviceSchema.encode({ _: 'rpc_error', errorCode: code, errorMessage: text });
}

function toErrorWord(text: string): string {
  return text.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}
