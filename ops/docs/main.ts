import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PAGES } from './pages.ts';

for (const { path, text } of PAGES) {
  writeFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), text());
  process.stdout.write(`${path}\n`);
}
