import { parseArgs } from 'node:util';
import { z } from 'zod';
import { defaultPolicy } from '#core/pacing/policy.ts';
import { show } from './show.ts';
import { simulate } from './simulate.ts';

/**
 * `npm run simulate -- --accounts N --days N [--seed N] [--nodes N] [--json]`: the load of so many accounts in virtual
 * time, and what it asks of Postgres and of workers. Without `--nodes` there are as many as are needed.
 */
const whole = (least: number) => z.coerce.number().int().min(least);
const options = z.strictObject({
  accounts: whole(1),
  days: whole(1),
  seed: whole(0),
  nodes: whole(1).optional(),
  json: z.boolean(),
});

const { values } = parseArgs({
  options: {
    accounts: { type: 'string', default: '10000' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    nodes: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const parsed = options.safeParse(values);
if (!parsed.success) {
  for (const { path, message } of parsed.error.issues)
    process.stderr.write(`--${path.join('.')}: ${message}\n`);
  process.exit(2);
}

const { json, ...question } = parsed.data;
const simulation = simulate({ policy: defaultPolicy, ...question });
process.stdout.write(json ? `${JSON.stringify(simulation)}\n` : show(simulation));
