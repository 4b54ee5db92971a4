import { type Definition, parseSchemaText } from './definition.ts';
import type { TlObject, TlValue } from './object.ts';
import { type Codec, falseId, findPrimitiveCodec, refuse, trueId } from './primitive-codec.ts';
import { Reader } from './reader.ts';
import { TlError, UnknownConstructorError } from './tl-error.ts';
import { Writer } from './writer.ts';

const vectorId = 0x1cb5c415;
/** Types that stand for "any object". */
const anyTypes = new Set(['X', 'Type', 'Object']);

type Field = { key: string; flagsKey: string | undefined; mask: number; codec: Codec | 'flags' | 'true' };
type Entry = { definition: Definition; fields: Field[] | undefined };

/**
 * One layer's schema, compiled from its text. Fields an object has beyond the schema are left out, so one
 * object serves several layers; a required field that is absent or of the wrong type throws a TlError naming it.
 */
export class Schema {
  readonly layer: number;
  private readonly byId = new Map<number, Entry>();
  private readonly byName = new Map<string, Entry>();

  constructor(layer: number, ...texts: string[]) {
    this.layer = layer;
    for (const text of texts) this.define(...parseSchemaText(text));
  }

  define(...definitions: Definition[]): void {
    for (const definition of definitions) {
      const entry = { definition, fields: undefined };
      this.byId.set(definition.id, entry);
      this.byName.set(definition.name, entry);
    }
  }

  definitions(): Definition[] {
    return [...this.byName.values()].map((entry) => entry.definition);
  }

  /** Whether the schema declares this method. */
  hasMethod(name: string): boolean {
    return this.byName.get(name)?.definition.isMethod === true;
  }

  /** Whether bytes that begin with this id are the schema's. */
  hasId(id: number): boolean {
    return this.byId.has(id);
  }

  encode(value: TlObject): Buffer {
    const writer = new Writer();
    this.writeBoxed(writer, value, undefined, 'value');
    return writer.finish();
  }

  /** Encodes what `method` answers, held to the type the schema declares for it. */
  encodeResult(method: string, value: TlValue): Buffer {
    const writer = new Writer();
    this.codecOf(this.entryOf(method).definition.result, `${method} result`).write(writer, value);
    return writer.finish();
  }

  /** Reads one boxed object; bytes after it are padding. Throws TlError on anything else. */
  decode(bytes: Buffer, offset = 0): TlObject {
    const value = this.readBoxed(new Reader(bytes, offset));
    if (typeof value !== 'object' || Array.isArray(value) || Buffer.isBuffer(value)) {
      throw new TlError('not an object');
    }
    return value;
  }

  private entryOf(name: string): Entry {
    const entry = this.byName.get(name);
    if (!entry) throw new TlError(`layer ${this.layer} has no ${name}`);
    return entry;
  }

  private fieldsOf(entry: Entry): Field[] {
    entry.fields ??= entry.definition.fields.map(({ key, type, condition }) => ({
      key,
      flagsKey: condition?.flagsKey,
      mask: condition ? 1 << condition.bit : 0,
      codec:
        type === '#'
          ? 'flags'
          : type === 'true'
            ? 'true'
            : this.codecOf(type, `${entry.definition.name}.${key}`),
    }));
    return entry.fields;
  }

  private codecOf(type: string, where: string): Codec {
    const primitive = findPrimitiveCodec(type, where);
    if (primitive) return primitive;
    const [, vector, member] = /^([Vv]ector)<(.+)>$/.exec(type) ?? [];
    if (member) return vectorCodec(this.codecOf(member, `${where}[]`), vector === 'Vector', where);
    const bareName = type.replace(/^%/, '');
    if (type.startsWith('%') || /^[a-z]/.test(type.split('.').at(-1) ?? ''))
      return this.bareCodec(bareName, where);
    const wanted = anyTypes.has(type) ? undefined : type;
    return {
      write: (writer, value) => this.writeBoxed(writer, value, wanted, where),
      read: (reader) => this.readBoxed(reader),
    };
  }

  private bareCodec(name: string, where: string): Codec {
    return {
      write: (writer, value) => {
        if (!isObject(value)) refuse(where, name, value);
        this.writeFields(writer, this.entryOf(name), value);
      },
      read: (reader) => this.readFields(reader, this.entryOf(name)),
    };
  }

  private writeBoxed(writer: Writer, value: TlValue, type: string | undefined, where: string): void {
    if (!isObject(value)) refuse(where, type ?? 'an object', value);
    const entry = this.entryOf(value._);
    if (type !== undefined && entry.definition.result !== type) refuse(where, type, value);
    writer.int(entry.definition.id);
    this.writeFields(writer, entry, value);
  }

  private writeFields(writer: Writer, entry: Entry, value: TlObject): void {
    const fields = this.fieldsOf(entry);
    for (const field of fields) {
      const { codec, key } = field;
      if (codec === 'flags') writer.int(flagsWord(fields, key, value));
      else if (codec !== 'true' && (field.flagsKey === undefined || isPresent(value[key])))
        codec.write(writer, value[key]);
    }
  }

  private readBoxed(reader: Reader): TlValue {
    const id = reader.id();
    const entry = this.byId.get(id);
    if (entry) return this.readFields(reader, entry);
    if (id === trueId || id === falseId) return id === trueId;
    if (id === vectorId) return readVector(reader, () => this.readBoxed(reader));
    throw new UnknownConstructorError(id, this.layer);
  }

  private readFields(reader: Reader, entry: Entry): TlObject {
    const object: TlObject = { _: entry.definition.name };
    const words: Record<string, number> = {};
    for (const { codec, flagsKey, key, mask } of this.fieldsOf(entry)) {
      if (codec === 'flags') words[key] = reader.int();
      else if (flagsKey === undefined || (words[flagsKey] ?? 0) & mask) {
        object[key] = codec === 'true' ? true : codec.read(reader);
      }
    }
    return object;
  }
}

function flagsWord(fields: Field[], flagsKey: string, value: TlObject): number {
  let word = 0;
  for (const field of fields) {
    if (field.flagsKey !== flagsKey) continue;
    if (field.codec === 'true' ? value[field.key] === true : isPresent(value[field.key])) word |= field.mask;
  }
  return word;
}

function vectorCodec(member: Codec, isBoxed: boolean, where: string): Codec {
  return {
    write(writer, value) {
      if (!Array.isArray(value)) refuse(where, 'an array', value);
      if (isBoxed) writer.int(vectorId);
      writer.int(value.length);
      for (const item of value) member.write(writer, item);
    },
    read(reader) {
      if (isBoxed && reader.id() !== vectorId) throw new TlError(`${where} is not a vector`);
      return readVector(reader, () => member.read(reader));
    },
  };
}

function readVector(reader: Reader, readMember: () => TlValue): TlValue[] {
  const count = reader.int();
  const items: TlValue[] = [];
  for (let index = 0; index < count; index++) items.push(readMember());
  return items;
}

function isObject(value: TlValue): value is TlObject {
  return typeof value === 'object' && value !== null && '_' in value;
}

function isPresent(value: TlValue): boolean {
  return value !== undefined && value !== null;
}
