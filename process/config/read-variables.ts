import { VARIABLES, type Values, type VariableName } from './variables.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that is wrong with an environment, in one text that says what to do about each. */
export class ConfigFaults extends Error {
  constructor(faults: readonly string[]) {
    const head =
      faults.length === 1
        ? '1 variable of the environment needs attention:'
        : `${faults.length} variables of the environment need attention:`;
    super([head, ...faults.map((fault) => `  ${fault}`)].join('\n'));
    this.name = 'ConfigFaults';
  }
}

/** An offline Telegram must be given whole, so that nothing can dial the real one. */
const NEEDED_OFFLINE: readonly VariableName[] = ['USHER_DC_MAP', 'USHER_TRUSTED_KEY', 'BOT_API_URL'];

/** The sources of the session keys: one of them must be there, and only one. */
const KEY_SOURCES = [
  'SESSION_KEY',
  'SESSION_KEY_FILE',
  'VAULT_ADDR',
] as const satisfies readonly VariableName[];

/** What is needed once another variable is there. */
const NEEDED_WITH: Partial<Record<VariableName, VariableName>> = {
  VAULT_ROLE_ID: 'VAULT_ADDR',
  VAULT_SECRET_ID: 'VAULT_ADDR',
  VAULT_ADDR: 'VAULT_TRANSIT_KEY',
};

/** Fast time beside the real Telegram would measure every limit on a wrong clock. */
const REFUSED_ONLINE: readonly VariableName[] = [
  'USHER_DC_MAP',
  'USHER_TRUSTED_KEY',
  'USHER_TIME_SCALE',
  'USHER_TIME_EPOCH_MS',
  'TRUSTED_HOST_ORIGIN',
];

/**
 * Reads the named variables; an empty one counts as missing. Throws ConfigFaults with all faults at once, which never
 * repeats a value.
 */
export function readVariables<N extends VariableName>(env: Environment, names: readonly N[]): Values<N> {
  const isOffline = textOf(env, 'USHER_OFFLINE') === '1';
  const faults: string[] = [];
  const values: Partial<Record<VariableName, unknown>> = {};
  for (const name of new Set<VariableName>(names)) {
    const text = textOf(env, name);
    const schema = VARIABLES[name];
    const parsed = schema.safeParse(text);
    const isMissing = text === undefined && (!parsed.success || isNeeded(env, name, isOffline));
    if (isMissing) faults.push(`${name} is missing: ${schema.description}`);
    else if (!parsed.success) faults.push(`${name} is malformed: ${schema.description}`);
    else if (text !== undefined && !isOffline && REFUSED_ONLINE.includes(name)) {
      faults.push(`${name} is for an offline Telegram: set USHER_OFFLINE=1 as well, or leave it out`);
    } else if (text !== undefined && name === sourceToLeaveOut(env)) {
      faults.push(`${name} is one source of the session keys too many: leave out all but one`);
    } else values[name] = parsed.data;
  }
  if (faults.length > 0) throw new ConfigFaults(faults);
  // Every asked name was parsed by the schema that its type is made of.
  return values as Values<N>;
}

function isNeeded(env: Environment, name: VariableName, isOffline: boolean): boolean {
  if (isOffline && NEEDED_OFFLINE.includes(name)) return true;
  if (name === 'SESSION_KEY') return namedSources(env).length === 0;
  const other = NEEDED_WITH[name];
  return other !== undefined && textOf(env, other) !== undefined;
}

const namedSources = (env: Environment) => KEY_SOURCES.filter((source) => textOf(env, source) !== undefined);

const sourceToLeaveOut = (env: Environment): VariableName | undefined => namedSources(env)[1];

const textOf = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined;
