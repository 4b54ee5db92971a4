import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type Child = {
  name: string;
  pid: number;
  logPath: string;
  /** Asks it to end in order, waits, and kills it when it takes longer than `STOP_MS`. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves with how it ended. */
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type ChildOptions = {
  name: string;
  /** The program after `node --import tsx`. */
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  cwd: string;
  /** How many lines of its standard output say that it is ready; 1 unless given. */
  readyLines?: number;
  /** Receives its standard error. */
  logPath: string;
};

const STOP_MS = 10_000;
const LAST_WORDS = 2_000;

/** A child that ended before it was ready; the message is the last thing it said. */
export class ChildFailed extends Error {
  constructor(name: string, lastWords: string) {
    super(`${name}: ${lastWords}`);
    this.name = 'ChildFailed';
  }
}

/**
 * Starts one of our programs and waits for the lines of its standard output that say it is ready. Its standard
 * input is a pipe to this process: when this process ends, however that happens, the child reads the end and ends too.
 * Throws ChildFailed when it ends before it is ready.
 */
export async function startChild(options: ChildOptions): Promise<{ child: Child; ready: string }> {
  const { name, args, env, cwd, logPath, readyLines = 1 } = options;
  const program = spawn(process.execPath, ['--import', 'tsx', ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd,
    env: { ...process.env, ...env },
    // Ctrl-C goes to the whole group of the terminal; the order of ending is the launcher's.
    detached: true,
  });
  program.stderr.pipe(createWriteStream(logPath, { flags: 'a' }));
  let lastWords = '';
  program.stderr.on('data', (words: Buffer) => {
    lastWords = `${lastWords}${words}`.slice(-LAST_WORDS);
  });
  // A child that is gone leaves a broken pipe behind, which is no news.
  program.stdin.on('error', () => {});
  const exited = once(program, 'close').then(([code, signal]) => ({ code, signal }));

  const ready = await Promise.race([readLines(program, readyLines), exited.then(() => undefined)]);
  if (ready === undefined) {
    throw new ChildFailed(name, lastWords.trim().split('\n').at(-1) || 'ended without a word');
  }
  return {
    ready,
    child: { name, logPath, pid: program.pid ?? 0, exited, stop: () => stopProgram(program, exited) },
  };
}

/** The last of the first `count` lines a program writes. */
const readLines = (program: ChildProcess & { stdout: Readable }, count: number): Promise<string> =>
  new Promise((resolve) => {
    let seen = 0;
    createInterface({ input: program.stdout }).on('line', (line) => {
      seen += 1;
      if (seen === count) resolve(line);
    });
  });

async function stopProgram(program: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  program.kill('SIGTERM');
  const timer = setTimeout(() => program.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
