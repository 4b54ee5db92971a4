import { randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** One of MTProto's TCP framings, from the server's side. Holds the counters of one connection. */
export type Framing = {
  readonly name: string;
  /** The first packet in `bytes` and how many bytes it took, or undefined when more must arrive first. */
  unframe(bytes: Buffer): { packet: Buffer; takenBytes: number } | undefined;
  frame(packet: Buffer): Buffer;
};

const longestPacketBytes = 1 << 24;

/** Length, counter, packet, CRC32. */
export function createFullFraming(): Framing {
  let sent = 0;
  return {
    name: 'full',
    unframe(bytes) {
      if (bytes.length < 4) return undefined;
      const length = checkLength(bytes.readUInt32LE(0), 12);
      if (bytes.length < length) return undefined;
      if (crc32(bytes.subarray(0, length - 4)) !== bytes.readUInt32LE(length - 4))
        throw new Error('wrong CRC32');
      return { packet: bytes.subarray(8, length - 4), takenBytes: length };
    },
    frame(packet) {
      const framed = Buffer.allocUnsafe(packet.length + 12);
      framed.writeUInt32LE(framed.length, 0);
      framed.writeUInt32LE(sent++, 4);
      packet.copy(framed, 8);
      framed.writeUInt32LE(crc32(framed.subarray(0, -4)), framed.length - 4);
      return framed;
    },
  };
}

/** The length in words, in one byte when it is below 127, else in three. */
export function createAbridgedFraming(): Framing {
  return {
    name: 'abridged',
    unframe(bytes) {
      if (bytes.length < 4) return undefined;
      // The high bit asks for a quick acknowledgement, which a server need not give.
      const short = bytes.readUInt8(0) & 0x7f;
      const headBytes = short === 0x7f ? 4 : 1;
      const end = headBytes + checkLength((short === 0x7f ? bytes.readUIntLE(1, 3) : short) * 4, 4);
      return bytes.length < end ? undefined : { packet: bytes.subarray(headBytes, end), takenBytes: end };
    },
    frame(packet) {
      const words = packet.length >> 2;
      const head = words < 0x7f ? [words] : [0x7f, words & 0xff, (words >> 8) & 0xff, words >> 16];
      return Buffer.concat([Buffer.from(head), packet]);
    },
  };
}

/**
 * The length in four bytes; padded: up to 15 random bytes after each packet hide its length. They stay on what is
 * received, since only the packet's contents tell where it ends.
 */
export function createIntermediateFraming(isPadded: boolean): Framing {
  return {
    name: isPadded ? 'padded intermediate' : 'intermediate',
    unframe(bytes) {
      if (bytes.length < 4) return undefined;
      const length = checkLength(bytes.readUInt32LE(0) & 0x7fffffff, 4);
      if (bytes.length < 4 + length) return undefined;
      return { packet: bytes.subarray(4, 4 + length), takenBytes: 4 + length };
    },
    frame(packet) {
      const padding = isPadded ? randomBytes(randomInt(16)) : Buffer.alloc(0);
      const head = Buffer.alloc(4);
      head.writeUInt32LE(packet.length + padding.length);
      return Buffer.concat([head, packet, padding]);
    },
  };
}

function checkLength(length: number, least: number): number {
  if (length < least || length > longestPacketBytes) throw new Error(`a packet of ${length} bytes`);
  return length;
}
