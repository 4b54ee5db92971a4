const firstSize = 1024;
/** Strings shorter than this carry their length in one byte. */
const longString = 254;

/** A growing buffer of TL's primitive encodings, all little-endian and aligned to four bytes. */
export class Writer {
  private buffer = Buffer.allocUnsafe(firstSize);
  private length = 0;

  int(value: number): void {
    this.reserve(4);
    this.length = this.buffer.writeInt32LE(value | 0, this.length);
  }

  long(value: bigint): void {
    this.reserve(8);
    this.length = this.buffer.writeBigInt64LE(value, this.length);
  }

  double(value: number): void {
    this.reserve(8);
    this.length = this.buffer.writeDoubleLE(value, this.length);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  bytes(bytes: Uint8Array): void {
    const headBytes = this.head(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
    this.align(headBytes + bytes.length);
  }

  string(text: string): void {
    const size = Buffer.byteLength(text);
    const headBytes = this.head(size);
    this.buffer.write(text, this.length);
    this.length += size;
    this.align(headBytes + size);
  }

  /** The bytes written so far; the writer must not be used afterwards. */
  finish(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  private head(size: number): number {
    this.reserve(size + 8);
    if (size < longString) {
      this.length = this.buffer.writeUInt8(size, this.length);
      return 1;
    }
    this.length = this.buffer.writeUInt32LE(size * 256 + longString, this.length);
    return 4;
  }

  private align(written: number): void {
    for (let size = written; size % 4 !== 0; size++) this.length = this.buffer.writeUInt8(0, this.length);
  }

  private reserve(size: number): void {
    if (this.length + size <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.length + size));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
  }
}
