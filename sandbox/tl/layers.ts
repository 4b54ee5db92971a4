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
  const layer = z.coerce
    .number()
    .int()
    .parse(/exports\.LAYER = (\d+)/.exec(module)?.[1]);
  return new Schema(layer, text);
}

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
