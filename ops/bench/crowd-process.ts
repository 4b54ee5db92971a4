import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { SandboxAddresses } from '#sandbox/compose.ts';
import { type CrowdCast, crowdCast } from '#sandbox/scenarios/cast.ts';
import type { CrowdMix } from '#sandbox/scenarios/people.ts';
import { startChild } from '../cli/children.ts';

export type Crowd = { cast: CrowdCast; sandbox: SandboxAddresses; folder: string; stop(): Promise<void> };

/** An offline Telegram with one big group, in a process of its own so that it does not share the measured one's time. */
export async function startCrowd(options: {
  members: number;
  accounts: number;
  scale: number;
  /** Whom nobody may add, and why; the usual shares without it. */
  privacy?: CrowdMix['privacy'];
}): Promise<Crowd> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-bench-'));
  const { members, accounts, scale, privacy } = options;
  const scenario = JSON.stringify({
    name: 'crowd',
    members,
    accounts,
    ...(privacy && { mix: { privacy } }),
  });
  const { child, ready } = await startChild({
    name: 'sandbox',
    args: [
      'sandbox/main.ts',
      '--scenario',
      scenario,
      '--scale',
      String(scale),
      '--epoch-ms',
      String(Date.now()),
    ],
    cwd: process.cwd(),
    logPath: join(folder, 'sandbox.log'),
  });
  const line: unknown = JSON.parse(ready);
  return {
    cast: z.looseObject({ cast: crowdCast }).parse(line).cast,
    // The line is what the sandbox's own type says.
    sandbox: line as SandboxAddresses,
    folder,
    async stop() {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
