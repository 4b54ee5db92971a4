import { type Api, InputFile } from 'grammy';
import { settleExport } from '#db/commands/settle-export.ts';
import { readChunks } from '#db/file-chunks.ts';
import { getExport } from '#db/queries/get-export.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotDeps } from './deps.ts';

/** What Telegram takes from a bot (core.telegram.org/bots/api#sending-files). */
const LARGEST_DOCUMENT_BYTES = 50 * 1024 * 1024;

/** Brings a file to whoever ordered it, in pieces from the database; one that is too large is told of instead. */
export const deliverExport = async (
  deps: BotDeps,
  api: Api,
  { workspaceId, exportId }: { workspaceId: string; exportId: string },
): Promise<void> => {
  const ctx = { db: deps.db, workspaceId };
  const { status, format, language, rows, sizeBytes, telegramId } = await getExport(ctx, { exportId });
  if (status !== 'ready') return;
  const t = createTranslate(language);
  const settle = (end: 'delivered' | 'too_large') =>
    settleExport(
      { ...ctx, actor: { kind: 'system', part: 'bot' }, now: deps.clock.now() },
      { exportId, status: end },
    );
  if (sizeBytes > LARGEST_DOCUMENT_BYTES) {
    await api.sendMessage(telegramId, t('bot-export-too-large'));
    return settle('too_large');
  }
  const document = new InputFile(() => readChunks(ctx, exportId), `people.${format}`);
  await api.sendDocument(telegramId, document, { caption: t('bot-export-file', { rows }) });
  await settle('delivered');
};
