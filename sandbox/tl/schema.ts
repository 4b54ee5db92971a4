import { type Definition, parseSchemaText } from './definition.ts';
import type { TlObject, TlValue } from './object.ts';
import { type Codec, falseId, findPrimitiveCodec, refuse, trueId } from './primitive-codec.ts';
import { Reader } from './reader.ts';
import { TlError, UnknownConstructorError } from './tl-error.ts';
import { Writer } from './writer.ts';

const vectorId = 0x1cb5c415;
/** Types that stand for "any object". */
const anyTypes = new Set(['X', 'Type', 'Object']);

/** A definition ready to use. `slot` says which of the object's flag words a field owns or depends on. */
type Field = { key: string; slot: number; mask: number; codec: Codec | 'flags' | 'true' };
type Fields = { inOrder: Field[]; byKey: Map<string, Field>; slots: number };
type Entry = { definition: Definition; fields: Fields | undefined };

/**
 * One layer's schema, compiled from its text. Fields an object has beyond the schema are left out, so one
 * object serves several layers; where a layer wants another type, an object may say in `otherwise` what it then is. A
 * required field that is absent or of the wrong type throws a TlError naming it.
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

  private fieldsOf(entry: Entry): Fields {
    entry.fields ??= this.compile(entry.definition);
    return entry.fields;
  }

  private compile({ name, fields }: Definition): Fields {
    const flagsKeys = fields.filter((field) => field.type === '#').map((field) => field.key);
    const inOrder = fields.map(({ key, type, condition }): Field => {
      if (type === '#') return { key, slot: flagsKeys.indexOf(key), mask: 0, codec: 'flags' };
      const codec = type === 'true' ? 'true' : this.codecOf(type, `${name}.${key}`);
      return condition
        ? { key, slot: flagsKeys.indexOf(condition.flagsKey), mask: 1 << condition.bit, codec }
        : { key, slot: 0, mask: 0, codec };
    });
    return { inOrder, byKey: new Map(inOrder.map((field) => [field.key, field])), slots: flagsKeys.length };
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
    if (type !== undefined && entry.definition.result !== type) {
      if (!isObject(value.otherwise)) refuse(where, type, value);
      this.writeBoxed(writer, value.otherwise, type, where);
      return;
    }
    writer.int(entry.definition.id);
    this.writeFields(writer, entry, value);
  }

  private writeFields(writer: Writer, entry: Entry, value: TlObject): void {
    const { inOrder, byKey, slots } = this.fieldsOf(entry);
    const words = flagWords(byKey, slots, value);
    for (const { codec, key, slot, mask } of inOrder) {
      if (codec === 'flags') writer.int(words[slot] ?? 0);
      else if (codec !== 'true' && isIncluded(words, slot, mask)) codec.write(writer, value[key]);
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
    const words: number[] = [];
    for (const { codec, key, slot, mask } of this.fieldsOf(entry).inOrder) {
      if (codec === 'flags') words[slot] = reader.int();
      else if (isIncluded(words, slot, mask)) object[key] = codec === 'true' ? true : codec.read(reader);
    }
    return object;
  }
}

/** The flag words that announce the optional fields this object has. */
function flagWords(byKey: Map<string, Field>, slots: number, value: TlObject): number[] {
  const words = new Array<number>(slots).fill(0);
  if (slots === 0) return words;
  for (const key in value) {
    const field = byKey.get(key);
    if (!field || field.mask === 0 || value[key] === undefined) continue;
    if (field.codec !== 'true' || value[key] === true)
      words[field.slot] = (words[field.slot] ?? 0) | field.mask;
  }
  return words;
}

function isIncluded(words: number[], slot: number, mask: number): boolean {
  return mask === 0 || ((words[slot] ?? 0) & mask) !== 0;
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
