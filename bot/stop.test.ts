import { afterAll, beforeAll, expect, it } from 'vitest';
import { everybody } from '#core/audience/people-wish.ts';
import { finishExport } from '#db/commands/finish-export.ts';
import { requestExport } from '#db/commands/request-export.ts';
import { inWorkspace } from '#db/context.ts';
import { storeStream } from '#db/file-chunks.ts';
import { getExport } from '#db/queries/get-export.ts';
import { findSuppressed } from '#db/suppressions.ts';
import { hashPerson, startTestBot, type TestBot } from './testing/start-test-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.stop());

const suppressed = (telegramId: string) =>
  inWorkspace(bot.db.worker, bot.workspaceId, (tx) =>
    findSuppressed(tx, bot.workspaceId, hashPerson({ telegramId })),
  );

it('whoever says /stop is suppressed in every workspace, and can take it back', async () => {
  const { owner } = bot.cast;
  await bot.ownerSays('/stop');
  const told = await bot.untilUserSees(owner.id, ({ text }) => text?.includes('не напишет') ?? false);
  expect((await suppressed(owner.id)).size).toBe(1);
  await bot.control.press(owner.id, {
    bot: bot.cast.bot.username,
    messageId: told.id,
    button: 'Вернуть как было',
  });
  await bot.untilUserSees(owner.id, ({ text }) => text?.includes('снова могут') ?? false);
  expect((await suppressed(owner.id)).size).toBe(0);
});

it('brings an export as a file to whoever ordered it', async () => {
  const { workspaceId, operatorId, cast, clock } = bot;
  const ctx = {
    workspaceId,
    now: clock.now(),
    actor: { kind: 'operator', operatorId, role: 'owner' },
  } as const;
  const { exportId } = await requestExport(
    { ...ctx, db: bot.db.app },
    { wish: { filter: everybody }, format: 'csv', language: 'ru' },
  );
  const worker = { ...ctx, db: bot.db.worker };
  const file = async function* () {
    yield Buffer.alloc(400_000, 'a');
  };
  const sizeBytes = await storeStream(worker, exportId, file());
  await finishExport(worker, { exportId, rows: 21, sizeBytes });
  await bot.publish();
  await bot.untilUserSees(cast.owner.id, (message) => JSON.stringify(message).includes('21 человек'));
  await expect
    .poll(async () => (await getExport(worker, { exportId })).status, { timeout: 10_000 })
    .toBe('delivered');
});
