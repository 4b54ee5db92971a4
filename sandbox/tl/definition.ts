import { TlError } from './tl-error.ts';

/** One argument of a constructor or method, by its camelCase key. */
export type FieldDefinition = {
  key: string;
  /** The type without condition and without `!`, such as `Vector<int>`. `#` is a word of flags. */
  type: string;
  /** Present only when this bit of that flags field is set. */
  condition: { flagsKey: string; bit: number } | undefined;
};

/** One line of a schema. */
export type Definition = {
  name: string;
  id: number;
  isMethod: boolean;
  /** The type it constructs, or the type it answers with. */
  result: string;
  fields: FieldDefinition[];
};

const combinator = /^([\w.]+)#([0-9a-f]+)\s*(.*?)\s*=\s*([^=;]+);$/i;
/** Built into the codec: they are values here, not objects. */
const builtIn = new Set(['vector', 'boolTrue', 'boolFalse']);

/** Reads `.tl` text, in which every line names its id. Throws TlError on a line it cannot read. */
export function parseSchemaText(text: string): Definition[] {
  const definitions: Definition[] = [];
  let isMethod = false;
  for (const rawLine of text.split('\n')) {
    const line = rawLine.replace(/\/\/.*/, '').trim();
    const section = /^---(\w+)---$/.exec(line)?.[1];
    if (section) isMethod = section === 'functions';
    if (section || line === '') continue;
    const [, name, idHex, fields = '', result] = combinator.exec(line) ?? [];
    if (!name || !idHex || !result) throw new TlError(`not a line of a schema: ${line.slice(0, 80)}`);
    if (builtIn.has(name)) continue;
    definitions.push({
      name,
      id: Number.parseInt(idHex, 16),
      isMethod,
      result: result.trim(),
      fields: [...fields.matchAll(/(?<!\{)\b(\w+):([\w#?!.<>%]+)/g)].map((field) =>
        parseField(field[1] ?? '', field[2] ?? ''),
      ),
    });
  }
  return definitions;
}

/** Reads one argument written as `name:type`, where the type may be `flags.3?Vector<int>`. */
export function parseField(name: string, type: string): FieldDefinition {
  const [, flags, bit, inner] = /^(\w+)\.(\d+)\?(.+)$/.exec(type) ?? [];
  return {
    key: toCamelCase(name),
    type: (inner ?? type).replace(/^!/, ''),
    condition: flags === undefined ? undefined : { flagsKey: toCamelCase(flags), bit: Number(bit) },
  };
}

function toCamelCase(name: string): string {
  return name.replace(/_([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}
