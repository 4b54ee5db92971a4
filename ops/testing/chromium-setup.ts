import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The browser executable that end-to-end tests launch. */
    chromiumPath: string;
  }
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Global setup of the browser project: provides a Chromium, installing one when the machine allows it. */
export default function setup(project: TestProject): void {
  const path = findChromium() ?? installChromium();
  if (!path) {
    throw new Error(
      'The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: ' +
        'npx playwright-core install chromium), or name one in CHROMIUM_PATH.',
    );
  }
  project.provide('chromiumPath', path);
}

/** CHROMIUM_PATH, then what is on the PATH, then the browser Playwright has downloaded. */
function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return given;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, chromium.executablePath()].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian's package when we may install one, else Playwright's own build. */
function installChromium(): string | undefined {
  const attempts: [string, string[]][] = [['npx', ['playwright-core', 'install', 'chromium']]];
  if (process.getuid?.() === 0) {
    attempts.unshift([
      'sh',
      ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'],
    ]);
  }
  for (const [command, args] of attempts) {
    try {
      execFileSync(command, args, { stdio: 'ignore', timeout: 600_000 });
    } catch {
      continue;
    }
    const path = findChromium();
    if (path) return path;
  }
  return;
}
