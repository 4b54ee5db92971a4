import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createSandbox } from './compose.ts';
import { scenarioChoice } from './control/contract.ts';

/**
 * The sandbox as its own process. Prints one JSON line, its addresses and `cast`, once everything answers; ends with 0 on
 * SIGTERM, SIGINT or when its standard input closes, so that it never outlives whoever started it.
 */
const port = z.coerce.number().int().min(0).max(65_535).optional();

const flags = z.strictObject({
  seed: z.string().default('1'),
  scale: z.coerce.number().positive().default(1),
  'epoch-ms': z.coerce.number().int().optional(),
  /** A name, or JSON such as {"name":"crowd","members":500}. */
  scenario: z
    .string()
    .default('demo')
    .transform((text) => (text.startsWith('{') ? JSON.parse(text) : { name: text }))
    .pipe(scenarioChoice),
  ledger: z.string().min(1).optional(),
  'bot-api-port': port,
  'control-port': port,
  /** Such as 1=8001,2=8002,4=8004. */
  'dc-ports': z
    .string()
    .regex(/^\d+=\d+(,\d+=\d+)*$/)
    .transform((text) => Object.fromEntries(text.split(',').map((pair) => pair.split('=').map(Number))))
    .optional(),
});

try {
  const sandbox = await createSandbox(readOptions(process.argv.slice(2)));
  let isClosing = false;
  const end = async () => {
    if (isClosing) return;
    isClosing = true;
    await sandbox.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end());
  process.stdin.on('end', () => void end()).on('close', () => void end());
  process.stdin.resume();
  process.stdout.write(`${JSON.stringify({ ...sandbox.addresses, cast: sandbox.cast() })}\n`);
} catch (error) {
  process.stderr.write(`sandbox: ${describe(error)}\n`);
  process.exit(2);
}

function readOptions(args: string[]) {
  const names = Object.keys(flags.shape);
  const { values } = parseArgs({
    args,
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const parsed = flags.parse(values);
  return {
    seed: parsed.seed,
    scale: parsed.scale,
    scenario: parsed.scenario,
    ...(parsed['epoch-ms'] !== undefined && { epochMs: parsed['epoch-ms'] }),
    ...(parsed.ledger !== undefined && { ledgerFile: parsed.ledger }),
    ports: {
      ...(parsed['dc-ports'] && { dcs: parsed['dc-ports'] }),
      ...(parsed['bot-api-port'] !== undefined && { botApi: parsed['bot-api-port'] }),
      ...(parsed['control-port'] !== undefined && { control: parsed['control-port'] }),
    },
  };
}

function describe(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('; ');
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `port ${error.port} is taken: name another or leave it out`;
  }
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll('\n', ' ');
}
