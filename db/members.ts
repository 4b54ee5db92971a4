import { sql } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { onlyRow } from './command.ts';
import type { Tx } from './context.ts';
import { member, operator } from './schema/team.ts';

export type NewMember = {
  telegramId: string;
  firstName: string;
  username?: string;
  language: Language;
  role: Role;
};

/** Knows the person by Telegram id, keeps the language they chose before, and gives them the role in the workspace. */
export const saveMember = async (
  tx: Tx,
  place: { workspaceId: string; now: Date },
  person: NewMember,
): Promise<{ operatorId: string }> => {
  const { telegramId, firstName, username = null, language, role } = person;
  const saved = await tx
    .insert(operator)
    .values({ telegramId, firstName, username, language, createdAt: place.now })
    .onConflictDoUpdate({ target: operator.telegramId, set: { firstName, username } })
    .returning({ operatorId: operator.id });
  const { operatorId } = onlyRow(saved, 'not_found');
  await tx
    .insert(member)
    .values({ workspaceId: place.workspaceId, operatorId, role, createdAt: place.now })
    .onConflictDoUpdate({
      target: [member.workspaceId, member.operatorId],
      set: { role: sql`excluded.role` },
    });
  return { operatorId };
};
