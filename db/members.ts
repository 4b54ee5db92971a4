import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { onlyRow } from './command.ts';
import type { Tx } from './context.ts';
import { member, operator } from './schema/team.ts';

/** A person as Telegram tells of them, and the language to speak to them until they choose. */
export type Person = { telegramId: string; firstName: string; username?: string; language: Language };

export type NewMember = Person & { role: Role };

/** Knows the person by Telegram id, and keeps the language they chose before. */
export const saveOperator = async (
  tx: Tx,
  { now }: { now: Date },
  person: Person,
): Promise<{ operatorId: string }> => {
  const { telegramId, firstName, username = null, language } = person;
  const saved = await tx
    .insert(operator)
    .values({ telegramId, firstName, username, language, createdAt: now })
    .onConflictDoUpdate({ target: operator.telegramId, set: { firstName, username } })
    .returning({ operatorId: operator.id });
  return onlyRow(saved, 'not_found');
};

/** Takes an operator into the workspace. Throws `conflict` when they are in it already. */
export const saveMember = async (
  tx: Tx,
  place: { workspaceId: string; now: Date },
  { operatorId, role }: { operatorId: string; role: Role },
): Promise<void> => {
  const saved = await tx
    .insert(member)
    .values({ workspaceId: place.workspaceId, operatorId, role, createdAt: place.now })
    .onConflictDoNothing()
    .returning({ operatorId: member.operatorId });
  onlyRow(saved, 'conflict');
};
