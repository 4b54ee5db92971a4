import { sealMessage } from '#sandbox/crypto/message-cipher.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { AuthKeyRecord } from './auth-key.ts';
import { CallLog } from './call-log.ts';
import type { Connection } from './connection.ts';
import type { Message } from './message.ts';
import type { MessageIds } from './message-ids.ts';
import { containerId, serviceSchema } from './service-schema.ts';

const wrongSalt = 48;
const mostContainerMessages = 100;
const mostContainerBytes = 500_000;

/**
 * One client session of an auth key: the order of its messages, and what waits to be sent. It survives its
 * connection; a client that comes back with the same session id goes on with it.
 */
export class Session {
  readonly id: bigint;
  readonly auth: AuthKeyRecord;
  readonly calls = new CallLog();
  /** The connection that carried its last message; replies go there. */
  connection: Connection;
  isGreeted = false;
  /** Set by the first call outside invokeWithoutUpdates. */
  wantsUpdates = false;
  private readonly nextMessageId: MessageIds;
  private readonly pendingAcks = new Set<bigint>();
  private outgoing: Message[] = [];
  private contentMessages = 0;

  constructor(id: bigint, auth: AuthKeyRecord, connection: Connection, nextMessageId: MessageIds) {
    this.id = id;
    this.auth = auth;
    this.connection = connection;
    this.nextMessageId = nextMessageId;
  }

  /** Queues a protocol message that the client need not acknowledge. */
  sendService(message: TlObject): void {
    this.queue(serviceSchema.encode(message), 'reply', false);
  }

  /** Queues a message for the client to acknowledge and returns its id. */
  sendContent(body: Buffer, kind: 'reply' | 'notice'): bigint {
    return this.queue(body, kind, true);
  }

  /** Queues an acknowledgement, unless a reply to the message leaves at the same time. */
  acknowledge(msgId: bigint): void {
    this.pendingAcks.add(msgId);
    this.connection.scheduleFlush(this);
  }

  skipAcknowledgement(msgId: bigint): void {
    this.pendingAcks.delete(msgId);
  }

  /** bad_server_salt: the client is to send the message again with the salt it names. */
  refuseSalt({ msgId, seqNo }: Message): void {
    this.sendService({
      _: 'bad_server_salt',
      badMsgId: msgId,
      badMsgSeqno: seqNo,
      errorCode: wrongSalt,
      newServerSalt: this.auth.salts.current(),
    });
  }

  /** bad_msg_notification: the client is to correct what `errorCode` names and send again. */
  refuseMessage({ msgId, seqNo }: Message, errorCode: number): void {
    this.sendService({ _: 'bad_msg_notification', badMsgId: msgId, badMsgSeqno: seqNo, errorCode });
  }

  /** The sealed packets of all that is queued. */
  takePackets(): Buffer[] {
    if (this.pendingAcks.size > 0) {
      const acks = serviceSchema.encode({ _: 'msgs_ack', msgIds: [...this.pendingAcks] });
      this.pendingAcks.clear();
      this.queue(acks, 'notice', false);
    }
    const packets = splitIntoContainers(this.outgoing).map((group) => this.pack(group));
    this.outgoing = [];
    return packets;
  }

  private queue(body: Buffer, kind: 'reply' | 'notice', isContent: boolean): bigint {
    const msgId = this.nextMessageId(kind);
    this.outgoing.push({ msgId, seqNo: this.contentMessages * 2 + (isContent ? 1 : 0), body });
    if (isContent) this.contentMessages++;
    this.connection.scheduleFlush(this);
    return msgId;
  }

  private pack(group: Message[]): Buffer {
    const [only] = group;
    if (only && group.length === 1) return this.seal(only);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(containerId, 0);
    head.writeUInt32LE(group.length, 4);
    const body = Buffer.concat([head, ...group.flatMap((message) => [messageHead(message), message.body])]);
    return this.seal({ msgId: this.nextMessageId('reply'), seqNo: this.contentMessages * 2, body });
  }

  private seal(message: Message): Buffer {
    const head = Buffer.alloc(16);
    head.writeBigInt64LE(this.auth.salts.current(), 0);
    head.writeBigInt64LE(this.id, 8);
    const plain = Buffer.concat([head, messageHead(message), message.body]);
    return sealMessage(this.auth.wireId, this.auth.key, plain, 'server');
  }
}

function messageHead({ msgId, seqNo, body }: Message): Buffer {
  const head = Buffer.alloc(16);
  head.writeBigInt64LE(msgId, 0);
  head.writeInt32LE(seqNo, 8);
  head.writeInt32LE(body.length, 12);
  return head;
}

function splitIntoContainers(messages: Message[]): Message[][] {
  const groups: Message[][] = [];
  let group: Message[] = [];
  let size = 0;
  for (const message of messages) {
    if (
      group.length === mostContainerMessages ||
      (group.length > 0 && size + message.body.length > mostContainerBytes)
    ) {
      groups.push(group);
      group = [];
      size = 0;
    }
    group.push(message);
    size += message.body.length;
  }
  return group.length > 0 ? [...groups, group] : groups;
}
