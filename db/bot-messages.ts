import { and, eq } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import { type Db, inWorkspace } from './context.ts';
import { botMessage, member, operator } from './schema/index.ts';

/** The one message of a key in one operator's chat. */
export type BotMessageAddress = { workspaceId: string; operatorId: string; key: string };

/** `shown` is a hash of what the message shows. */
export type BotMessage = { chatId: string; messageId: number; shown: Buffer };

export const findBotMessage = (db: Db, address: BotMessageAddress): Promise<BotMessage | undefined> =>
  inWorkspace(db, address.workspaceId, async (tx) => {
    const [found] = await tx
      .select({ chatId: botMessage.chatId, messageId: botMessage.messageId, shown: botMessage.shown })
      .from(botMessage)
      .where(isAt(address));
    return found;
  });

/** The message of a key of everybody who is still in the workspace, with their role and the language it is written in. */
export const listBotMessages = (
  db: Db,
  of: { workspaceId: string; key: string },
): Promise<{ workspaceId: string; operatorId: string; chatId: string; language: Language; role: Role }[]> =>
  inWorkspace(db, of.workspaceId, (tx) =>
    tx
      .select({
        workspaceId: botMessage.workspaceId,
        operatorId: botMessage.operatorId,
        chatId: botMessage.chatId,
        language: operator.language,
        role: member.role,
      })
      .from(botMessage)
      .innerJoin(member, eq(member.operatorId, botMessage.operatorId))
      .innerJoin(operator, eq(operator.id, botMessage.operatorId))
      .where(eq(botMessage.key, of.key)),
  );

/** Makes this message the one of its key. */
export const saveBotMessage = (db: Db, message: BotMessageAddress & BotMessage): Promise<void> =>
  inWorkspace(db, message.workspaceId, async (tx) => {
    const { workspaceId, operatorId, key, chatId, messageId, shown } = message;
    await tx
      .insert(botMessage)
      .values({ workspaceId, operatorId, key, chatId, messageId, shown })
      .onConflictDoUpdate({
        target: [botMessage.workspaceId, botMessage.operatorId, botMessage.key],
        set: { chatId, messageId, shown },
      });
  });

export const forgetBotMessage = (db: Db, address: BotMessageAddress): Promise<void> =>
  inWorkspace(db, address.workspaceId, async (tx) => {
    await tx.delete(botMessage).where(isAt(address));
  });

const isAt = ({ operatorId, key }: BotMessageAddress) =>
  and(eq(botMessage.operatorId, operatorId), eq(botMessage.key, key));
