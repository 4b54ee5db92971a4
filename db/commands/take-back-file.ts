import { and, eq, sql } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience, audienceFile, campaign, fileChunk } from '../schema/index.ts';

const AT_ONCE = 20_000;

/**
 * Takes back what a cancelled import has brought: its members, and the people whom nothing else knows. Answers `more`
 * while there is more to take.
 */
export const takeBackFile = (ctx: CommandContext, input: { fileId: string }): Promise<{ more: boolean }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId } = input;
    const found = await tx
      .select({ audienceId: audienceFile.audienceId })
      .from(audienceFile)
      .where(and(eq(audienceFile.id, fileId), eq(audienceFile.status, 'cancelling')))
      .for('update');
    const { audienceId } = onlyRow(found, 'conflict');
    const taken = audienceId
      ? await tx.execute<{ person_id: string }>(sql`
          delete from audience_member where (audience_id, person_id) in (
            select audience_id, person_id from audience_member where audience_id = ${audienceId} limit ${AT_ONCE})
          returning person_id`)
      : [];
    // An array is looked up by the key; a list of rows would be gone through again for every person of the workspace.
    await tx.execute(sql`
      delete from person where id = any(array(
        select value::uuid from json_array_elements_text(${JSON.stringify(taken.map((row) => row.person_id))}::json)))
        and last_seen = 'unknown'
        and not exists (select from audience_member where person_id = person.id)
        and not exists (select from target where person_id = person.id)
        and not exists (select from sighting where person_id = person.id)
        and not exists (select from peer_ref where person_id = person.id)`);
    if (taken.length === AT_ONCE) return { more: true };
    await tx
      .update(audienceFile)
      .set({ status: 'cancelled', audienceId: null })
      .where(eq(audienceFile.id, fileId));
    await tx.delete(fileChunk).where(eq(fileChunk.fileId, fileId));
    if (audienceId) await closeAudience(tx, audienceId);
    await appendEvent(tx, ctx, { kind: 'audience_file.cancelled', payload: { fileId } });
    await appendAudit(tx, ctx, { action: 'audience_file.cancelled', entityId: fileId });
    return { more: false };
  });

/** A draft that was made for it meanwhile keeps an audience without members. */
const closeAudience = async (tx: Tx, audienceId: string): Promise<void> => {
  const drafts = await tx.$count(campaign, eq(campaign.audienceId, audienceId));
  if (drafts === 0) await tx.delete(audience).where(eq(audience.id, audienceId));
  else await tx.update(audience).set({ status: 'empty' }).where(eq(audience.id, audienceId));
};
