import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { sha1 } from '#sandbox/crypto/digest.ts';
import { openMessage, sealMessage } from '#sandbox/crypto/message-cipher.ts';
import {
  containerId,
  gzipPackedId,
  gzipPackedText,
  rpcResultId,
  serviceSchema,
} from '#sandbox/mtproto/service-schema.ts';
import { parseSchemaText } from '#sandbox/tl/definition.ts';
import { telegramSchema } from '#sandbox/tl/layers.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { Reader } from '#sandbox/tl/reader.ts';
import { createIntermediateFraming } from '#sandbox/transport/framing.ts';
import { exchangeKey } from './exchange-key.ts';
import type { TestServer } from './test-server.ts';

/** A message from the server: the object, and for rpc_result the request it answers. */
export type Received = { value: TlObject; reqMsgId: bigint | undefined; msgId: bigint; isGzipped: boolean };

export type SendOptions = { msgId?: bigint; seqNo?: number; salt?: bigint };

const layer = telegramSchema();
layer.define(...parseSchemaText(gzipPackedText));
let lastMsgId = 0n;

/** A client that says exactly what a test wants said, over the intermediate transport. */
export class RawClient {
  readonly received: Received[] = [];
  /** Transport errors, such as -404. */
  readonly errors: number[] = [];
  readonly ended: Promise<unknown>;
  readonly plainPackets: Buffer[] = [];
  sessionId = randomBytes(8).readBigInt64LE();
  salt = 0n;
  authKey: Buffer = Buffer.alloc(0);
  private readonly socket: Socket;
  private readonly framing = createIntermediateFraming(false);
  private waiting: Buffer = Buffer.alloc(0);
  private waiters: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.socket = socket;
    this.ended = once(socket, 'close');
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => this.receive(bytes));
    socket.on('close', () => this.wake());
    socket.write(Buffer.alloc(4, 0xee));
  }

  /** Connects, with a new key unless another client's is given. */
  static async connect({ rsa }: TestServer, port: number, shared?: RawClient): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await once(socket, 'connect');
    const client = new RawClient(socket);
    if (shared) {
      client.authKey = shared.authKey;
      client.salt = shared.salt;
    } else {
      const exchanged = await exchangeKey(client, rsa);
      client.authKey = exchanged.authKey;
      client.salt = exchanged.salt;
    }
    return client;
  }

  /** Sends one API or service message and returns its id. */
  send(query: TlObject, options: SendOptions = {}): bigint {
    const isService = serviceSchema.definitions().some(({ name }) => name === query._);
    return this.sendBody(isService ? serviceSchema.encode(query) : layer.encode(inLayer(query)), options);
  }

  sendBody(body: Buffer, { msgId = nextMsgId(), seqNo = 1, salt = this.salt }: SendOptions = {}): bigint {
    const head = Buffer.alloc(32);
    head.writeBigInt64LE(salt, 0);
    head.writeBigInt64LE(this.sessionId, 8);
    head.writeBigInt64LE(msgId, 16);
    head.writeInt32LE(seqNo, 24);
    head.writeInt32LE(body.length, 28);
    const keyId = sha1(this.authKey).subarray(12, 20);
    this.write(sealMessage(keyId, this.authKey, Buffer.concat([head, body]), 'client'));
    return msgId;
  }

  /** Sends a call and waits for its rpc_result. */
  async call(query: TlObject, options: SendOptions = {}): Promise<TlObject> {
    const msgId = this.send(query, options);
    return (await this.next(({ reqMsgId }) => reqMsgId === msgId)).value;
  }

  /** Waits for a message and takes it out of `received`. */
  async next(matches: (message: Received) => boolean): Promise<Received> {
    for (;;) {
      const index = this.received.findIndex(matches);
      const [found] = index === -1 ? [] : this.received.splice(index, 1);
      if (found) return found;
      await this.arrival();
    }
  }

  nextNamed(name: string): Promise<Received> {
    return this.next(({ value }) => value._ === name);
  }

  async nextError(): Promise<number> {
    while (this.errors.length === 0) await this.arrival();
    return this.errors.shift() ?? 0;
  }

  async nextPlain(): Promise<Buffer> {
    while (this.plainPackets.length === 0) await this.arrival();
    return this.plainPackets.shift() ?? Buffer.alloc(0);
  }

  write(packet: Buffer): void {
    this.socket.write(this.framing.frame(packet));
  }

  async close(): Promise<void> {
    this.socket.destroy();
    await this.ended;
  }

  private async arrival(): Promise<void> {
    if (this.socket.destroyed) throw new Error('the connection has ended');
    await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  private wake(): void {
    for (const waiter of this.waiters.splice(0)) waiter();
  }

  private receive(bytes: Buffer): void {
    this.waiting = Buffer.concat([this.waiting, bytes]);
    for (let next = this.framing.unframe(this.waiting); next; next = this.framing.unframe(this.waiting)) {
      this.waiting = this.waiting.subarray(next.takenBytes);
      this.receivePacket(next.packet);
    }
    this.wake();
  }

  private receivePacket(packet: Buffer): void {
    if (packet.length === 4) {
      this.errors.push(packet.readInt32LE());
    } else if (packet.readBigInt64LE(0) === 0n) {
      this.plainPackets.push(packet.subarray(20));
    } else {
      const plain = openMessage(this.authKey, packet, 'server');
      if (!plain) throw new Error('not sealed with this key');
      const reader = new Reader(plain, 16);
      this.readMessage(reader);
    }
  }

  private readMessage(reader: Reader): void {
    const msgId = reader.long();
    reader.int();
    const body = reader.raw(reader.int());
    const inner = new Reader(body);
    const id = inner.id();
    if (id === containerId) {
      for (let left = inner.int(); left > 0; left--) this.readMessage(inner);
    } else if (id === rpcResultId) {
      const reqMsgId = inner.long();
      this.received.push({ ...decode(body.subarray(12)), reqMsgId, msgId });
    } else {
      this.received.push({ ...decode(body), reqMsgId: undefined, msgId });
    }
  }
}

/** A client message id later than all before. */
export function nextMsgId(): bigint {
  const now = ((BigInt(Date.now()) << 32n) / 1000n) & ~3n;
  lastMsgId = now > lastMsgId ? now : lastMsgId + 4n;
  return lastMsgId;
}

function inLayer(query: TlObject): TlObject {
  return { _: 'invokeWithLayer', layer: layer.layer, query };
}

function decode(body: Buffer): { value: TlObject; isGzipped: boolean } {
  const id = body.readUInt32LE(0);
  if (id === gzipPackedId) return { ...decode(gunzipSync(new Reader(body, 4).bytes())), isGzipped: true };
  const value = serviceSchema.hasId(id) ? serviceSchema.decode(body) : decodeResult(body);
  return { value, isGzipped: false };
}

/** Bool, vector and broken results are wrapped, so that a result is always an object. */
function decodeResult(body: Buffer): TlObject {
  const id = body.readUInt32LE(0);
  if (id === 0x997275b5 || id === 0xbc799737) return { _: 'Bool', value: id === 0x997275b5 };
  if (id === 0x1cb5c415) return { _: 'Vector', size: body.readInt32LE(4) };
  try {
    return layer.decode(body);
  } catch {
    return { _: 'unreadable', size: body.length };
  }
}
