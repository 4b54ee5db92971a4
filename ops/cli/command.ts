import { type ParseArgsConfig, parseArgs } from 'node:util';
import { z } from 'zod';

/** One option of a command line: how it is written, what it means, what it accepts. */
export type Option = {
  type: 'boolean' | 'string';
  /** How the value is shown in the help; absent for a switch. */
  value?: string;
  about: string;
  schema: z.ZodType;
};

export type Options = Readonly<Record<string, Option>>;
export type Given<O extends Options> = { [K in keyof O]: z.output<O[K]['schema']> };

/** A switch, off unless named. */
export const flag = (about: string) =>
  ({ type: 'boolean', about, schema: z.boolean().default(false) }) as const;

/** An option with a value. */
export const option = <S extends z.ZodType>(value: string, schema: S, about: string) =>
  ({ type: 'string', value, about, schema }) as const;

export type Command = {
  /** The words after the command's name, such as `<telegram id>`. */
  synopsis: string;
  options: Options;
  /** Resolves with the exit code. Throws UsageError before anything is done. */
  run(argv: readonly string[]): Promise<number>;
};

/** The command line cannot be understood: one line that says why. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Ties options and words to what is run with them, after both were understood. */
export function defineCommand<O extends Options, W extends z.ZodType>(command: {
  synopsis: string;
  options: O;
  words: W;
  run(flags: Given<O>, words: z.output<W>): Promise<number>;
}): Command {
  const { synopsis, options, words } = command;
  return {
    synopsis,
    options,
    async run(argv) {
      const given = split(argv, options);
      const parsedWords = words.safeParse(given.positionals);
      if (!parsedWords.success)
        throw new UsageError(synopsis ? `expected ${synopsis}` : 'expected no arguments');
      const flags: Record<string, unknown> = {};
      for (const [name, { schema, value, about }] of Object.entries(options)) {
        const parsed = schema.safeParse(given.values[name]);
        if (!parsed.success) throw new UsageError(`--${name} wants ${value ?? 'no value'}: ${about}`);
        flags[name] = parsed.data;
      }
      // Every flag was parsed by the schema that its type is made of.
      return command.run(flags as Given<O>, parsedWords.data);
    },
  };
}

/** No words at all. */
export const noWords = z.tuple([]);

function split(argv: readonly string[], options: Options) {
  const known: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type }] of Object.entries(options)) known[name] = { type };
  try {
    return parseArgs({ args: [...argv], options: known, allowPositionals: true });
  } catch (error) {
    // Node's own first sentence names the option; the rest is advice about positional arguments.
    throw new UsageError(
      error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : 'unreadable',
    );
  }
}

/** The help of one command. */
export function describeCommand(name: string, { synopsis, options }: Command): string {
  const rows = Object.entries(options).map(([option, { value, about }]) => [
    `  --${option}${value ? ` ${value}` : ''}`,
    about,
  ]);
  const width = Math.max(0, ...rows.map(([left = '']) => left.length));
  return [
    `usher ${name}${synopsis ? ` ${synopsis}` : ''}`,
    ...rows.map(([left = '', about]) => `${left.padEnd(width)}  ${about}`),
  ].join('\n');
}
