import { and, eq, inArray } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { HashPerson, PersonIdentity } from '../person-hash.ts';
import { suppression } from '../schema/people.ts';

export type LiftSuppressionInput = {
  /** One row of the list, or whom all rows are about. */
  suppressionId?: string | undefined;
  person?: PersonIdentity | undefined;
  reason: string;
  hashPerson: HashPerson;
};

/**
 * The workspace may contact somebody again, for a reason that is kept. Whoever told the bot to stop takes that back
 * alone. Refuses with `not_found` when nothing suppresses them.
 */
export const liftSuppression = (
  ctx: CommandContext,
  { suppressionId, person, reason, hashPerson }: LiftSuppressionInput,
): Promise<{ lifted: number }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const hashes = person ? hashPerson(person) : [];
    if (!suppressionId && hashes.length === 0) throw new Refused('target.no_identifier');
    const lifted = await tx
      .delete(suppression)
      .where(
        and(
          suppressionId ? eq(suppression.id, suppressionId) : undefined,
          hashes.length > 0 ? inArray(suppression.personHash, hashes) : undefined,
        ),
      )
      .returning();
    if (lifted.length === 0) throw new Refused('not_found');
    for (const row of lifted) {
      await appendAudit(tx, ctx, {
        action: 'person.suppression_lifted',
        entityId: row.id,
        before: { scope: row.scope, reason: row.reason, hash: row.personHash.toString('hex') },
        after: { reason },
      });
    }
    return { lifted: lifted.length };
  });
