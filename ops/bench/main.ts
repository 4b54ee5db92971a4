import { parseArgs } from 'node:util';
import { type Bench, type BenchResult, measure, type TimedBench } from './bench.ts';

/** `npm run bench [-- name] [--json] [--minutes 10]`: ends with 1 when a goal is missed, with 2 for an unknown name. */
const BENCHES: Readonly<Record<string, (minutes: number) => Promise<Bench | TimedBench>>> = {
  'parse-members': async () => (await import('./parse-members.ts')).openParseMembers(),
  allocate: async () => (await import('./allocate.ts')).openAllocate(),
  'invite-path': async () => (await import('./invite-path.ts')).openInvitePath(),
  'scale-out': async () => (await import('./scale-out.ts')).openScaleOut(),
  import: async () => (await import('./import-file.ts')).openImport(),
  export: async () => (await import('./export-people.ts')).openExport(),
  'people-search': async () => (await import('./people-search.ts')).openPeopleSearch(),
  restart: async () => (await import('./restart.ts')).openRestart(),
  forecast: async () => (await import('./forecast.ts')).openForecast(),
  'mtproto-libraries': async (minutes) =>
    (await import('./mtproto-libraries.ts')).openMtprotoLibraries(minutes),
  'rotate-keys': async () => (await import('./rotate-keys.ts')).openRotateKeys(),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    /** How long `mtproto-libraries` watches memory. */
    minutes: { type: 'string', default: '1' },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
const unknown = names.find((name) => !(name in BENCHES));
if (unknown !== undefined) {
  process.stderr.write(`no bench ${unknown}; there are: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(2);
}

const results: BenchResult[] = [];
for (const name of names) {
  const bench = await BENCHES[name]?.(Number(values.minutes));
  if (!bench) continue;
  try {
    const result = await measure(name, bench);
    results.push(result);
    if (!values.json) process.stdout.write(`${describe(result)}\n`);
    for (const remark of bench.remarks()) process.stderr.write(`  ${remark}\n`);
  } finally {
    await bench.close();
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(results)}\n`);
process.exit(results.every(({ pass }) => pass) ? 0 : 1);

function describe({ name, ours, reference, unit, ratio, goal, pass }: BenchResult): string {
  const verdict = pass ? 'pass' : 'MISS';
  if (reference === undefined) return `${verdict}  ${name}: ${ours} ${unit} (goal at most ${goal})`;
  return `${verdict}  ${name}: ${ours} ${unit}, reference ${reference}, ratio ${ratio} (goal ${goal})`;
}
