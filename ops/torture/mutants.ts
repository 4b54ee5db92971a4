import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MUTANTS, type Mutant } from './mutant-list.ts';

/**
 * `npm run mutants [-- --json]`: takes one safety away at a time in a copy of the sources, and runs the tests that ought
 * to notice. Ends with 1, naming it, when one lives or no longer applies.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const AT_ONCE = 2;
const COPIED = ['core', 'db', 'workers', 'bot', 'locales', 'process', 'sandbox', 'miniapp', 'ops'];
const FILES = ['package.json', 'tsconfig.json', 'vitest.config.ts'];

type Fate = { name: string; fate: 'killed' | 'survived' | 'does not apply'; seconds: number };

async function copySources(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-mutants-'));
  for (const name of [...COPIED, ...FILES])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(await realpath(join(root, 'node_modules')), join(folder, 'node_modules'));
  return folder;
}

async function tryOut({ name, file, find, replace, project, tests }: Mutant, folder: string): Promise<Fate> {
  const startedAt = performance.now();
  const end = (fate: Fate['fate']): Fate => ({
    ...{ name, fate },
    seconds: Math.round((performance.now() - startedAt) / 1000),
  });
  const path = join(folder, file);
  const source = await readFile(path, 'utf8');
  if (source.split(find).length !== 2) return end('does not apply');
  await writeFile(
    path,
    source.replace(find, () => replace),
  );
  const passed = await runTests(folder, project, tests);
  await writeFile(path, source);
  return end(passed ? 'survived' : 'killed');
}

async function runTests(folder: string, project: string, tests: readonly string[]): Promise<boolean> {
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', project, '--bail', '1', ...tests];
  const run = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  const [code] = await once(run, 'close');
  return code === 0;
}

/** Without a change the tests pass, so that a death is the mutant's. */
async function checkSound(folder: string): Promise<void> {
  for (const project of ['pure', 'services'] as const) {
    const tests = MUTANTS.filter((mutant) => mutant.project === project).flatMap((mutant) => mutant.tests);
    if (!(await runTests(folder, project, [...new Set(tests)])))
      throw new Error(`the ${project} tests fail without any mutant`);
  }
}

const printsJson = process.argv.includes('--json');
const folders = await Promise.all(Array.from({ length: AT_ONCE }, copySources));
const fates: Fate[] = [];
try {
  await checkSound(folders[0] ?? root);
  const queue = MUTANTS.values();
  await Promise.all(
    folders.map(async (folder) => {
      for (const mutant of queue) {
        const fate = await tryOut(mutant, folder);
        fates.push(fate);
        process.stderr.write(`${fate.fate}  ${fate.name} (${fate.seconds} s)\n`);
      }
    }),
  );
} finally {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}
const alive = fates.filter(({ fate }) => fate !== 'killed');
const figures = {
  mutants: fates.length,
  killed: fates.length - alive.length,
  alive: alive.map(({ name, fate }) => ({ name, fate })),
};
process.stdout.write(`${JSON.stringify(figures, null, printsJson ? undefined : 2)}\n`);
process.exit(alive.length === 0 ? 0 : 1);
