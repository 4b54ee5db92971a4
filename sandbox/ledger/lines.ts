import type { CallRecord, ConnectionInfo } from '#sandbox/mtproto/server.ts';
import type { TlObject, TlValue } from '#sandbox/tl/object.ts';
import { isTlObject } from '#sandbox/tl/read.ts';

/** One call that reached Telegram's side. Fields a method has no use for are absent. */
export type RpcLine = {
  kind: 'rpc';
  seq: number;
  /** Business time, ISO. */
  at: string;
  /** Wall time, ISO. */
  realAt: string;
  /** Authorisation key id. */
  session: string;
  connection: string;
  account: string | null;
  method: string;
  /** The bare id, without the Bot API's -100. */
  chat?: string;
  users?: string[];
  /** Who became a member by this call. */
  added?: string[];
  /** Whom privacy kept out. */
  missing?: string[];
  error: string | null;
  /** The injected fault that struck this call. */
  fault?: string;
};

export type ConnectionLine = {
  kind: 'connection';
  event: 'open' | 'close';
  realAt: string;
  session: string | null;
  connection: string;
  account: string | null;
};

const inviteMethods = new Set(['channels.inviteToChannel', 'messages.addChatUser']);

export function rpcLine(record: CallRecord, businessNow: Date, realNow: Date): RpcLine {
  const { ctx, request, result } = record;
  const chat = chatOf(request);
  const users = usersOf(request);
  const invited = isTlObject(result) && result._ === 'messages.invitedUsers' ? result : undefined;
  return {
    kind: 'rpc',
    seq: record.seq,
    at: businessNow.toISOString(),
    realAt: realNow.toISOString(),
    session: ctx.auth.id,
    connection: ctx.connectionId,
    account: ctx.auth.userId ?? null,
    method: record.method,
    ...(chat === undefined ? {} : { chat }),
    ...(users.length === 0 ? {} : { users }),
    ...(inviteMethods.has(record.method)
      ? { added: addedBy(invited), missing: objectsIn(invited?.missingInvitees).flatMap(userId) }
      : {}),
    error: record.error?.text ?? null,
    ...(record.fault === undefined ? {} : { fault: record.fault }),
  };
}

export function connectionLine(event: 'open' | 'close', info: ConnectionInfo, realNow: Date): ConnectionLine {
  return {
    kind: 'connection',
    event,
    realAt: realNow.toISOString(),
    session: info.auth?.id ?? null,
    connection: info.connectionId,
    account: info.auth?.userId ?? null,
  };
}

function chatOf(request: TlObject): string | undefined {
  for (const holder of [request.channel, request.peer, request]) {
    if (!isTlObject(holder)) continue;
    const id = holder.channelId ?? holder.chatId;
    if (typeof id === 'bigint') return String(id);
  }
  return undefined;
}

/** The people a call is about: those it invites, writes to, reads or bans. */
function usersOf(request: TlObject): string[] {
  const named = [request.userId, request.participant, request.peer].filter(isTlObject);
  const listed = [...objectsIn(request.users), ...objectsIn(request.id)];
  return [...listed, ...named].flatMap(userId);
}

/** The handlers answer an invite with exactly the users it added. */
function addedBy(invited: TlObject | undefined): string[] {
  const updates = invited?.updates;
  return isTlObject(updates) ? objectsIn(updates.users).flatMap((user) => idText(user.id)) : [];
}

function userId(holder: TlObject): string[] {
  return idText(holder.userId);
}

function idText(id: TlValue): string[] {
  return typeof id === 'bigint' ? [String(id)] : [];
}

function objectsIn(value: TlValue): TlObject[] {
  return Array.isArray(value) ? value.filter(isTlObject) : isTlObject(value) ? [value] : [];
}
