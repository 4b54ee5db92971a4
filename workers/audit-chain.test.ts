import { afterEach, expect, it } from 'vitest';
import { verifyAudit } from '#db/queries/verify-audit.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
afterEach(() => stage.close());

const verify = () => verifyAudit({ db: stage.db.app, workspaceId: stage.workspaceId });

it('a worker seals the audit log behind the commands, and leaves nothing open when it stops', async () => {
  stage = await setStage();
  const worker = await stage.startWorker();
  await stage.connect({ firstName: 'Ann' });
  await expect
    .poll(verify, { timeout: 10_000 })
    .toMatchObject({ verified: 3, unsealed: 0, broken: undefined });
  await stage.connect({ firstName: 'Bob' });
  await worker.stop();
  expect(await verify()).toMatchObject({ unsealed: 0, broken: undefined });
});
