import { and, asc, gt, isNull } from 'drizzle-orm';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { erasePerson, findErased } from '../erasing.ts';
import type { HashPerson } from '../person-hash.ts';
import { erasure, person } from '../schema/index.ts';
import { lockSuppressions } from '../suppressions.ts';

/** Each looks through the sightings while no attempt of the workspace may begin, so that one transaction erases few. */
const AT_ONCE = 20;

/**
 * Looks at `limit` people of the workspace behind `after` and erases again whoever was erased before and came back,
 * with a restored backup or a new parse. `last` is where the next look goes on; undefined when everybody was looked at.
 */
export const repeatErasures = (
  ctx: CommandContext,
  input: { hashPerson: HashPerson; after: string | undefined; limit: number },
): Promise<{ erased: number; last: string | undefined }> =>
  runCommand(ctx, 'owner', async (tx) => {
    const { hashPerson, after, limit } = input;
    const [any] = await tx.select({ at: erasure.erasedAt }).from(erasure).limit(1);
    if (!any) return { erased: 0, last: undefined };
    const rows = await tx
      .select({
        ...{ id: person.id, telegramId: person.telegramId },
        ...{ username: person.username, phone: person.phone },
      })
      .from(person)
      .where(and(isNull(person.erasedAt), after ? gt(person.id, after) : undefined))
      .orderBy(asc(person.id))
      .limit(limit);
    const hashes = rows.map((row) => ({ row, own: hashPerson(row) }));
    const gone = await findErased(
      tx,
      hashes.flatMap(({ own }) => own),
    );
    const returned = hashes.filter(({ own }) => own.some((hash) => gone.has(hash.toString('hex'))));
    const back = returned.slice(0, AT_ONCE);
    if (back.length > 0) await lockSuppressions(tx, ctx.workspaceId, 'writes');
    for (const { row } of back) await erasePerson(tx, ctx, { identity: row, hashPerson });
    if (back.length > 0)
      await appendAudit(tx, ctx, { action: 'person.erased_again', after: { people: back.length } });
    if (back.length < returned.length) return { erased: back.length, last: back.at(-1)?.row.id };
    return { erased: back.length, last: rows.length === limit ? rows.at(-1)?.id : undefined };
  });
