import { eq } from 'drizzle-orm';
import type { AttemptOutcome } from '#core/campaign/outcome.ts';
import type { CommandContext, Tx } from './context.ts';
import type { HashPerson } from './person-hash.ts';
import { person } from './schema/people.ts';
import { saveSuppression } from './suppressions.ts';

const lessonColumns = {
  refuses_direct_add: { refusesDirectAdd: true },
  is_deleted: { isDeleted: true },
  is_bot: { isBot: true },
} as const;

/** Keeps what a call taught about a person: a fact that holds everywhere, or that they must not be contacted again. */
export const learnAbout = async (
  tx: Tx,
  ctx: CommandContext,
  what: {
    personId: string;
    communityId: string;
    reaction: Pick<AttemptOutcome, 'learn' | 'suppress' | 'reason'>;
    hashPerson: HashPerson;
  },
): Promise<void> => {
  const { learn, suppress, reason } = what.reaction;
  if (learn) await tx.update(person).set(lessonColumns[learn]).where(eq(person.id, what.personId));
  if (!suppress) return;
  const [known] = await tx
    .select({ telegramId: person.telegramId, username: person.username, phone: person.phone })
    .from(person)
    .where(eq(person.id, what.personId));
  await saveSuppression(tx, ctx, {
    hashes: known ? what.hashPerson(known) : [],
    scope: suppress,
    communityId: suppress === 'community' ? what.communityId : null,
    reason: reason ?? suppress,
  });
};
