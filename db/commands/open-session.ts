import { lt } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { serverSession } from '../schema/team.ts';

/** How long a session lives at most. */
const LONGEST_MS = 12 * 3_600_000;
/** An ended session is kept until the launch it came from is stale anyway: a launch is good once. */
const KEPT_AFTER_END_MS = 2 * 3_600_000;

/** `realNow` and `launchedAt` are infrastructure time. */
export type OpenSessionInput = {
  tokenHash: Buffer;
  launchHash: Buffer;
  launchedAt: Date;
  device: string;
  realNow: Date;
};

/** Opens a session of the operator who asks, for a launch; undefined when that launch was exchanged before. */
export const openSession = (
  ctx: CommandContext,
  { realNow, ...session }: OpenSessionInput,
): Promise<{ sessionId: string } | undefined> =>
  runCommand(ctx, 'viewer', async (tx) => {
    const { actor, workspaceId } = ctx;
    if (actor.kind !== 'operator') throw new Refused('forbidden');
    const forgotten = new Date(realNow.getTime() - KEPT_AFTER_END_MS);
    await tx.delete(serverSession).where(lt(serverSession.expiresAt, forgotten));
    const expiresAt = new Date(realNow.getTime() + LONGEST_MS);
    const { operatorId } = actor;
    const [opened] = await tx
      .insert(serverSession)
      .values({ ...session, operatorId, workspaceId, createdAt: realNow, usedAt: realNow, expiresAt })
      .onConflictDoNothing({ target: serverSession.launchHash })
      .returning({ sessionId: serverSession.id });
    if (opened) {
      const { device } = session;
      await appendAudit(tx, ctx, { action: 'session.opened', entityId: opened.sessionId, after: { device } });
    }
    return opened;
  });
