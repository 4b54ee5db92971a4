import { randomUUID } from 'node:crypto';
import { Refused } from '#core/refusals.ts';
import { isClaimed, takeClaimCode } from '../claim-codes.ts';
import { type Db, inWorkspace } from '../context.ts';
import type { Person } from '../members.ts';
import { createWorkspace } from '../workspaces.ts';

/**
 * Makes the person the first owner of this installation, in a new workspace. Refuses with `claim.already_owned` and
 * `claim.code_wrong`. `fallbackName` is what the workspace is called when the code wishes for nothing.
 */
export const claimWithCode = async (
  db: Db,
  input: { code: string; owner: Person; fallbackName: string; now: Date },
): Promise<{ workspaceId: string; operatorId: string; workspaceName: string }> => {
  if (await isClaimed(db)) throw new Refused('claim.already_owned');
  const { owner, now } = input;
  const workspaceId = randomUUID();
  return inWorkspace(db, workspaceId, async (tx) => {
    const wished = await takeClaimCode(tx, input.code);
    const workspaceName = wished.workspaceName ?? input.fallbackName;
    const place = { db, workspaceId, now };
    return { ...(await createWorkspace(tx, place, { name: workspaceName, owner })), workspaceName };
  });
};
