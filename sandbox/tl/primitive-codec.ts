import type { TlValue } from './object.ts';
import type { Reader } from './reader.ts';
import { TlError } from './tl-error.ts';
import type { Writer } from './writer.ts';

/** How values of one type are written and read. */
export type Codec = {
  write(writer: Writer, value: TlValue): void;
  read(reader: Reader): TlValue;
};

export const trueId = 0x997275b5;
export const falseId = 0xbc799737;

/** The codec of a type that is not an object, or undefined. `where` names the field in errors. */
export function findPrimitiveCodec(type: string, where: string): Codec | undefined {
  switch (type) {
    case 'int':
      return {
        write: (writer, value) => writer.int(isInt(value) ? value : refuse(where, 'a 32-bit integer', value)),
        read: (reader) => reader.int(),
      };
    case 'long':
      return {
        write: (writer, value) =>
          writer.long(isLong(value) ? value : refuse(where, 'a 64-bit bigint', value)),
        read: (reader) => reader.long(),
      };
    case 'double':
      return {
        write: (writer, value) =>
          writer.double(typeof value === 'number' ? value : refuse(where, 'a number', value)),
        read: (reader) => reader.double(),
      };
    case 'string':
      return {
        write: (writer, value) =>
          writer.string(typeof value === 'string' ? value : refuse(where, 'a string', value)),
        read: (reader) => reader.string(),
      };
    case 'bytes':
      return {
        write: (writer, value) =>
          writer.bytes(Buffer.isBuffer(value) ? value : refuse(where, 'a Buffer', value)),
        read: (reader) => reader.bytes(),
      };
    case 'int128':
      return fixedBytes(16, where);
    case 'int256':
      return fixedBytes(32, where);
    case 'Bool':
      return {
        write: (writer, value) =>
          writer.int(
            typeof value === 'boolean' ? (value ? trueId : falseId) : refuse(where, 'a boolean', value),
          ),
        read: (reader) => readBool(reader, where),
      };
    default:
      return undefined;
  }
}

/** Throws a TlError that says what `where` should have been and what it was. */
export function refuse(where: string, wanted: string, value: TlValue): never {
  const got =
    typeof value === 'object' && value !== null && '_' in value
      ? value._
      : `${typeof value} ${String(value)}`;
  throw new TlError(
    value === undefined ? `${where} is missing` : `${where} must be ${wanted}, not ${got.slice(0, 60)}`,
  );
}

function fixedBytes(size: number, where: string): Codec {
  return {
    write: (writer, value) =>
      writer.raw(
        Buffer.isBuffer(value) && value.length === size ? value : refuse(where, `${size} bytes`, value),
      ),
    read: (reader) => reader.raw(size),
  };
}

function readBool(reader: Reader, where: string): boolean {
  const id = reader.id();
  if (id !== trueId && id !== falseId) throw new TlError(`${where} is not a Bool`);
  return id === trueId;
}

function isInt(value: TlValue): value is number {
  return typeof value === 'number' && (value | 0) === value;
}

function isLong(value: TlValue): value is bigint {
  return typeof value === 'bigint' && BigInt.asIntN(64, value) === value;
}
