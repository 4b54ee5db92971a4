import { eq } from 'drizzle-orm';
import type { Language } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { member, operator } from '../schema/index.ts';

/** Somebody who gets the workspace's alerts; a private chat with the bot has the id of the person. */
export type Recipient = { operatorId: string; telegramId: string; language: Language };

export const listRecipients = (ctx: QueryContext): Promise<Recipient[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
    tx
      .select({ operatorId: operator.id, telegramId: operator.telegramId, language: operator.language })
      .from(member)
      .innerJoin(operator, eq(operator.id, member.operatorId)),
  );
