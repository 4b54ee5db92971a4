import { includesRole, type Role } from '#core/roles.ts';
import { createDb } from '#db/connect.ts';
import type { CommandContext } from '#db/context.ts';
import { findOperatorByTelegramId } from '#db/queries/find-operator.ts';
import { createClock } from '#process/clock.ts';
import type { CommonConfig } from '#process/config/config.ts';
import { option, UsageError } from './command.ts';
import { telegramIdWord } from './owner.ts';

/** The option every command has that acts for somebody. */
export const asOption = option(
  '<telegram id>',
  telegramIdWord,
  'your Telegram id, as given to `usher owner`',
);

export type AtTerminal = {
  /** What commands need, with the present moment. */
  context(): CommandContext;
  close(): Promise<void>;
};

/** Acts for an operator in the first workspace in which they may do what `needs` asks. Throws UsageError for a stranger. */
export async function actAs(config: CommonConfig, telegramId: string, needs: Role): Promise<AtTerminal> {
  const clock = createClock(config.time);
  const { db, close } = createDb(config.databaseUrl, {
    role: 'usher_app',
    max: 2,
    policyKeys: config.policyKeys,
  });
  try {
    const found = await findOperatorByTelegramId(db, telegramId);
    const place = found?.memberships.find(({ role }) => includesRole(role, needs));
    if (!found || !place)
      throw new UsageError(`${telegramId} is no ${needs} here; make one with: usher owner`);
    const { workspaceId, role } = place;
    const actor = { kind: 'operator', operatorId: found.operatorId, role } as const;
    return { context: () => ({ db, workspaceId, actor, now: clock.now() }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
