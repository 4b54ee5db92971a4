import { inArray, sql } from 'drizzle-orm';
import { acrossWorkspaces, type Db, type Tx } from './context.ts';
import type { HashPerson, PersonIdentity } from './person-hash.ts';
import { workspace } from './schema/index.ts';
import { stoppedPerson } from './schema/people.ts';
import { lockSuppressions } from './suppressions.ts';

type Stop = { person: PersonIdentity; hashPerson: HashPerson; now: Date };

/**
 * From its commit on nobody contacts the person, in whatever workspace; an attempt that looked before it is over by then.
 * The row is all there is to be kept of it: the person belongs to no workspace whose audit could tell.
 */
export const stopContact = (db: Db, { person, hashPerson, now }: Stop): Promise<void> =>
  acrossWorkspaces(db, async (tx) => {
    const places = await tx.select({ id: workspace.id }).from(workspace).orderBy(workspace.id);
    for (const { id } of places) await lockSuppressions(tx, id, 'writes');
    const rows = hashPerson(person).map((personHash) => ({ personHash, stoppedAt: now }));
    await tx.insert(stoppedPerson).values(rows).onConflictDoNothing();
  });

/** The person takes it back. What workspaces have suppressed by themselves stays. */
export const allowContact = (db: Db, { person, hashPerson }: Omit<Stop, 'now'>): Promise<void> =>
  acrossWorkspaces(db, async (tx) => {
    await tx.delete(stoppedPerson).where(inArray(stoppedPerson.personHash, hashPerson(person)));
  });

/** True when somebody of whom these are the hashes has told the bot to stop. */
export const hasStopped = async (tx: Tx, hashes: readonly Buffer[]): Promise<boolean> => {
  const found = await tx
    .select({ one: sql`1` })
    .from(stoppedPerson)
    .where(inArray(stoppedPerson.personHash, [...hashes]));
  return found.length > 0;
};
