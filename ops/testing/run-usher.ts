import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type UsherRun = {
  process: ChildProcess;
  /** The first line of standard output that matches, also one that came before; rejects when the process ends without. */
  line(pattern: RegExp): Promise<string>;
  /** Resolves with everything it said, when it has ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string; err: string }>;
};

/** Runs the command line as a person would, with nothing but the given environment. */
export function runUsher(args: readonly string[], env: Readonly<Record<string, string>> = {}): UsherRun {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'ops/cli/main.ts', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH, HOME, LANG: 'C', ...env },
  });
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  let err = '';
  child.stderr.on('data', (part: Buffer) => {
    err += part;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, out: lines.join('\n'), err }));

  return {
    process: child,
    ended,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const known = lines.find((line) => pattern.test(line));
        if (known !== undefined) return resolve(known);
        const listener = (line: string) => {
          if (!pattern.test(line)) return;
          listeners.delete(listener);
          resolve(line);
        };
        listeners.add(listener);
        void ended.then(({ out }) => reject(new Error(`ended without ${pattern}:\n${out}\n${err}`)));
      }),
  };
}
