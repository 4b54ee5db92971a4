import { asc, eq } from 'drizzle-orm';
import type { AudienceStatus } from '#core/statuses.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { audience, audienceReject } from '../schema/people.ts';

export type AudienceDetail = {
  audienceId: string;
  name: string;
  status: AudienceStatus;
  members: number;
  /** Rows of the typed list that became nobody, in their order. */
  rejects: { line: number; text: string; reason: string }[];
};

/** Throws `not_found` when the workspace has no such audience. */
export const getAudience = (ctx: QueryContext, input: { audienceId: string }): Promise<AudienceDetail> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { audienceId } = input;
    const found = await tx.select().from(audience).where(eq(audience.id, audienceId));
    const { name, status, membersCount } = onlyRow(found, 'not_found');
    const rejects = await tx
      .select({ line: audienceReject.line, text: audienceReject.text, reason: audienceReject.reason })
      .from(audienceReject)
      .where(eq(audienceReject.audienceId, audienceId))
      .orderBy(asc(audienceReject.line));
    return { audienceId, name, status, members: membersCount, rejects };
  });
