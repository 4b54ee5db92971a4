import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { type Definition, parseField } from './definition.ts';
import { Schema } from './schema.ts';

const require = createRequire(import.meta.url);

/** The schema of the installed `telegram` package, from the text it ships: always the client's own layer. */
export function telegramSchema(): Schema {
  const text = z.string().parse(require('telegram/tl/apiTl.js'));
  // Read, not required: the module would build every class of the client.
  const module = readFileSync(require.resolve('telegram/tl/AllTLObjects.js'), 'utf8');
  return new Schema(layerIn(module), text);
}

const forkField = z.object({
  /** `null` of a word of flags. */
  type: z.string().nullable(),
  isVector: z.boolean(),
  useVectorId: z.boolean().nullable(),
  flagName: z.string().nullable(),
  flagIndex: z.number(),
});
const forkEntry = z.object({
  namespace: z.string().optional(),
  name: z.string(),
  constructorId: z.number(),
  isFunction: z.boolean(),
  result: z.string(),
  argsConfig: z.record(z.string(), forkField),
});

/** The schema of the installed `teleproto`, the fork of GramJS, from the definitions its classes are made of. */
export function teleprotoSchema(): Schema {
  const registry = readFileSync(require.resolve('teleproto/tl/runtime/registry.js'), 'utf8');
  const schema = new Schema(layerIn(registry));
  const entries = z.array(forkEntry).parse(require('teleproto/tl/generated/api-definitions.js'));
  // The messages of MTProto itself stand at the end, and are not of the layer.
  const api = entries.slice(
    0,
    entries.findIndex(({ name }) => name === 'ResPQ'),
  );
  schema.define(
    ...api.map((entry) => ({
      name: `${entry.namespace ? `${entry.namespace}.` : ''}${lowerFirst(entry.name)}`,
      id: entry.constructorId,
      isMethod: entry.isFunction,
      result: entry.result,
      fields: Object.entries(entry.argsConfig).map(([name, field]) => parseField(name, forkType(field))),
    })),
  );
  return schema;
}

function forkType({ type, isVector, useVectorId, flagName, flagIndex }: z.infer<typeof forkField>): string {
  const named = type ?? '#';
  const listed = isVector ? `${useVectorId ? 'Vector' : 'vector'}<${named}>` : named;
  return flagName === null ? listed : `${flagName}.${flagIndex}?${listed}`;
}

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

const layerIn = (module: string): number =>
  z.coerce
    .number()
    .int()
    .parse(/exports\.LAYER = (\d+)/.exec(module)?.[1]);

const modifiers = z.object({
  predicate: z.string().optional(),
  isVector: z.boolean().optional(),
  isBareVector: z.boolean().optional(),
  isBareType: z.boolean().optional(),
});
const entry = z.object({
  kind: z.enum(['class', 'method']),
  name: z.string(),
  id: z.number(),
  type: z.string(),
  typeModifiers: modifiers.optional(),
  arguments: z.array(z.object({ name: z.string(), type: z.string(), typeModifiers: modifiers.optional() })),
});
/** `l` is the layer, `e` its entries. */
const mtcuteFile = z.object({ l: z.number(), e: z.array(entry) });

/** The schema of the installed `@mtcute/core` package, a later layer than GramJS's. */
export function mtcuteSchema(): Schema {
  const file = mtcuteFile.parse(require('@mtcute/core/tl/api-schema.json'));
  const schema = new Schema(file.l);
  schema.define(...file.e.map(toDefinition));
  return schema;
}

function toDefinition(source: z.infer<typeof entry>): Definition {
  return {
    name: source.name,
    id: source.id,
    isMethod: source.kind === 'method',
    result: typeText(source.type, source.typeModifiers),
    fields: source.arguments.map((field) =>
      parseField(field.name, typeText(field.type, field.typeModifiers)),
    ),
  };
}

/** The type as `.tl` text would write it; `int53` is mtcute's name for a long that fits a double. */
function typeText(
  type: string,
  { predicate, isVector, isBareVector, isBareType }: z.infer<typeof modifiers> = {},
) {
  const named = `${isBareType ? '%' : ''}${type === 'int53' ? 'long' : type}`;
  const listed = isVector ? `Vector<${named}>` : isBareVector ? `vector<${named}>` : named;
  return predicate ? `${predicate}?${listed}` : listed;
}
