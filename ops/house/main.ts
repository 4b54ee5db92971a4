import { checkHouse } from './check-house.ts';
import { describeOffence } from './offence.ts';
import { readTree } from './tree.ts';

const { offences, files } = checkHouse(readTree(process.cwd()));
for (const offence of offences) process.stderr.write(`${describeOffence(offence)}\n`);
process.stdout.write(
  offences.length === 0
    ? `house: ${files} files keep the law\n`
    : `house: ${offences.length} offences in ${files} files\n`,
);
process.exitCode = offences.length === 0 ? 0 : 1;
