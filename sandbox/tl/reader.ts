import { TlError } from './tl-error.ts';

/** Reads TL's primitive encodings from a buffer, front to back. Byte fields are views into that buffer. */
export class Reader {
  private readonly buffer: Buffer;
  private offset: number;

  constructor(buffer: Buffer, offset = 0) {
    this.buffer = buffer;
    this.offset = offset;
  }

  int(): number {
    return this.buffer.readInt32LE(this.skip(4));
  }

  /** A constructor id. */
  id(): number {
    return this.buffer.readUInt32LE(this.skip(4));
  }

  long(): bigint {
    return this.buffer.readBigInt64LE(this.skip(8));
  }

  double(): number {
    return this.buffer.readDoubleLE(this.skip(8));
  }

  raw(size: number): Buffer {
    const start = this.skip(size);
    return this.buffer.subarray(start, start + size);
  }

  bytes(): Buffer {
    let size = this.buffer.readUInt8(this.skip(1));
    let headBytes = 1;
    if (size === 254) {
      size = this.buffer.readUIntLE(this.skip(3), 3);
      headBytes = 4;
    }
    const bytes = this.raw(size);
    this.skip((4 - ((headBytes + size) % 4)) % 4);
    return bytes;
  }

  string(): string {
    return this.bytes().toString('utf8');
  }

  private skip(size: number): number {
    const start = this.offset;
    if (start + size > this.buffer.length) {
      throw new TlError(`${size} bytes wanted at ${start} of ${this.buffer.length}`);
    }
    this.offset = start + size;
    return start;
  }
}
