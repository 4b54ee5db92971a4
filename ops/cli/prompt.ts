import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Secret } from '#core/secret.ts';

/** Asks at the terminal and gives the trimmed answer. */
export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await lines.question(`${question} `)).trim();
  } finally {
    lines.close();
  }
}

/** Asks without showing what is typed. */
export async function askHidden(question: string): Promise<Secret> {
  process.stdout.write(`${question} `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return new Secret(await lines.question(''));
  } finally {
    lines.close();
    process.stdout.write('\n');
  }
}
