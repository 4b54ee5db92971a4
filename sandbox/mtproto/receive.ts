import { randomBytes } from 'node:crypto';
import { unzipSync } from 'node:zlib';
import { openMessage } from '#sandbox/crypto/message-cipher.ts';
import { Reader } from '#sandbox/tl/reader.ts';
import { TlError } from '#sandbox/tl/tl-error.ts';
import type { AuthKeyRecord } from './auth-key.ts';
import type { Connection } from './connection.ts';
import type { Message } from './message.ts';
import { decideMessageIdError } from './message-ids.ts';
import { receiveCall } from './run-call.ts';
import { answerServiceMessage } from './service-messages.ts';
import { containerId, gzipPackedId, serviceSchema } from './service-schema.ts';
import { Session } from './session.ts';

const unknownAuthKey = -404;
/** Sessions whose connection has gone, kept per key for a client that comes back. */
const mostDetachedSessions = 8;

/** Handles one packet of a connection. A client that breaks the protocol is told -404 and loses its connection. */
export function receivePacket(connection: Connection, packet: Buffer): void {
  if (!connection.isOpen) return;
  try {
    if (packet.length < 24) throw new TlError('a packet too short');
    if (packet.readBigInt64LE(0) === 0n) receivePlain(connection, packet);
    else receiveEncrypted(connection, packet);
  } catch (error) {
    if (!(error instanceof TlError)) connection.core.hooks.onInternalError?.('transport', error);
    connection.sendError(unknownAuthKey);
    connection.finish();
  }
}

function receivePlain(connection: Connection, packet: Buffer): void {
  const answer = serviceSchema.encode(connection.handshake.answer(serviceSchema.decode(packet, 20)));
  const head = Buffer.alloc(20);
  head.writeBigInt64LE(connection.core.nextMessageId('reply'), 8);
  head.writeInt32LE(answer.length, 16);
  connection.sendPlain(Buffer.concat([head, answer]));
}

function receiveEncrypted(connection: Connection, packet: Buffer): void {
  const auth = connection.core.keys.get(packet.toString('hex', 0, 8));
  const plain = auth && openMessage(auth.key, packet, 'client');
  if (!auth || !plain) {
    connection.sendError(unknownAuthKey);
    return;
  }
  const reader = new Reader(plain);
  const salt = reader.long();
  const sessionId = reader.long();
  const message = readMessage(reader);
  connection.carry(auth);
  const session = auth.sessions.get(sessionId) ?? openSession(connection, auth, sessionId);
  session.connection = connection;
  const errorCode = decideMessageIdError(message.msgId);
  if (!auth.salts.accepts(salt)) session.refuseSalt(message);
  else if (errorCode !== undefined) session.refuseMessage(message, errorCode);
  else receiveInSession(session, message);
}

function receiveInSession(session: Session, message: Message): void {
  if (!session.isGreeted) greet(session, message.msgId);
  receiveMessage(session, message);
}

function receiveMessage(session: Session, message: Message): void {
  const id = new Reader(message.body).id();
  if (id === containerId) {
    for (const inner of readContainer(message.body)) receiveMessage(session, inner);
  } else if (id === gzipPackedId) {
    receiveMessage(session, { ...message, body: unpack(message.body) });
  } else if (serviceSchema.hasId(id)) {
    answerServiceMessage(session, message.msgId, serviceSchema.decode(message.body));
  } else {
    if (message.seqNo % 2 === 1) session.acknowledge(message.msgId);
    receiveCall(session, message);
  }
}

function readContainer(body: Buffer): Message[] {
  const reader = new Reader(body, 4);
  return Array.from({ length: reader.int() }, () => readMessage(reader));
}

function readMessage(reader: Reader): Message {
  const msgId = reader.long();
  const seqNo = reader.int();
  return { msgId, seqNo, body: reader.raw(reader.int()) };
}

/** Clients send gzip as well as bare zlib. */
function unpack(body: Buffer): Buffer {
  return unzipSync(new Reader(body, 4).bytes());
}

function openSession(connection: Connection, auth: AuthKeyRecord, sessionId: bigint): Session {
  const detached = [...auth.sessions.values()].filter((session) => !session.connection.isOpen);
  for (const session of detached.slice(0, -mostDetachedSessions)) auth.sessions.delete(session.id);
  const session = new Session(sessionId, auth, connection, connection.core.nextMessageId);
  auth.sessions.set(sessionId, session);
  return session;
}

function greet(session: Session, firstMsgId: bigint): void {
  session.isGreeted = true;
  const greeting = serviceSchema.encode({
    _: 'new_session_created',
    firstMsgId,
    uniqueId: randomBytes(8).readBigInt64LE(),
    serverSalt: session.auth.salts.current(),
  });
  session.sendContent(greeting, 'notice');
}
