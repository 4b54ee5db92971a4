import fc from 'fast-check';
import type { Definition, FieldDefinition } from '#sandbox/tl/definition.ts';
import type { TlObject, TlValue } from '#sandbox/tl/object.ts';
import type { Schema } from '#sandbox/tl/schema.ts';

const deepest = 3;

/** Any value of one of the schema's constructors, nested a few levels deep. */
export function arbitraryObject(schema: Schema, name: string): fc.Arbitrary<TlObject> {
  const definitions = schema.definitions().filter((definition) => !definition.isMethod);
  const byType = new Map<string, Definition[]>();
  for (const definition of definitions) {
    byType.set(definition.result, [...(byType.get(definition.result) ?? []), definition]);
  }
  const start = schema.definitions().find((definition) => definition.name === name);
  if (!start) throw new Error(`no ${name}`);
  return build(start, 0);

  function build({ name: _, fields }: Definition, depth: number): fc.Arbitrary<TlObject> {
    // Fields that share a flag come and go together; nested ones stop coming at the deepest level.
    const tooDeep = new Set(fields.filter((field) => isNested(field) && depth >= deepest).map(flagOf));
    const wanted = fields.filter(
      (field) => field.type !== '#' && !(field.condition && tooDeep.has(flagOf(field))),
    );
    const flags = [...new Set(wanted.filter((field) => field.condition).map(flagOf))];
    return fc
      .tuple(
        fc.record(Object.fromEntries(wanted.map((field) => [field.key, ofType(field.type, depth)]))),
        fc.subarray(flags),
      )
      .map(([values, set]) => ({
        _,
        ...Object.fromEntries(
          wanted
            .filter((field) => !field.condition || set.includes(flagOf(field)))
            .map((field) => [field.key, values[field.key]]),
        ),
      }));
  }

  function ofType(type: string, depth: number): fc.Arbitrary<TlValue> {
    const member = /^Vector<(.+)>$/.exec(type)?.[1];
    if (member)
      return depth >= deepest ? fc.constant([]) : fc.array(ofType(member, depth + 1), { maxLength: 2 });
    return (
      primitives[type] ??
      fc.constantFrom(...candidates(type, depth)).chain((chosen) => build(chosen, depth + 1))
    );
  }

  function candidates(type: string, depth: number): Definition[] {
    const all = byType.get(type) ?? [];
    if (depth < deepest) return all;
    return all.toSorted((a, b) => requiredNested(a) - requiredNested(b)).slice(0, 1);
  }
}

const primitives: Record<string, fc.Arbitrary<TlValue>> = {
  int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  double: fc.double({ noNaN: true }),
  string: fc.string({ unit: 'grapheme' }),
  bytes: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  int128: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
  int256: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
  Bool: fc.boolean(),
  true: fc.constant(true),
};

function isNested({ type }: FieldDefinition): boolean {
  return primitives[type] === undefined;
}

function requiredNested({ fields }: Definition): number {
  return fields.filter((field) => field.type !== '#' && !field.condition && isNested(field)).length;
}

function flagOf({ condition }: FieldDefinition): string {
  return condition ? `${condition.flagsKey}.${condition.bit}` : '';
}
