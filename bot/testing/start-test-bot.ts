import { vi } from 'vitest';
import type { Clock } from '#core/clock.ts';
import { Secret } from '#core/secret.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { publishEvents } from '#db/events.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { createSandbox, type Sandbox } from '#sandbox/compose.ts';
import { type ControlClient, createControlClient } from '#sandbox/control/client.ts';
import type { ConversationMessage } from '#sandbox/control/conversation.ts';
import type { DemoCast } from '#sandbox/scenarios/cast.ts';
import { startBot } from '../main.ts';

const suppressionKey = Buffer.alloc(32, 6);
/** Hashes as the test bot does. */
export const hashPerson = createHashPerson(suppressionKey);

export type TestBot = {
  db: TestDb;
  sandbox: Sandbox;
  control: ControlClient;
  cast: DemoCast;
  clock: Clock;
  workspaceId: string;
  operatorId: string;
  /** The owner writes to the bot. */
  ownerSays(text: string): Promise<void>;
  /** Resolves with the first message of the bot to the user that fits, and fails after ten seconds. */
  untilUserSees(user: string, fits: (message: ConversationMessage) => boolean): Promise<ConversationMessage>;
  messagesTo(user: string): Promise<ConversationMessage[]>;
  publish(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The real bot on a real database and the offline Bot API, with a workspace that the cast's owner owns; unclaimed, there
 * is none, and its ids are empty.
 */
export const startTestBot = async ({ isClaimed = true } = {}): Promise<TestBot> => {
  const sandbox = await createSandbox({ seed: 'bot' });
  const cast = sandbox.cast();
  if (cast.scenario !== 'demo') throw new Error('the demo scenario has the bot and its owner');
  const db = await createTestDb();
  const clock: Clock = { now: () => sandbox.clock.now(), realMsUntil: () => 0 };
  const { workspaceId, operatorId } = isClaimed
    ? await claimWorkspace(db.owner, {
        name: 'Garden <club>',
        owner: { telegramId: cast.owner.id, firstName: cast.owner.firstName, language: 'ru' },
        now: clock.now(),
      })
    : { workspaceId: '', operatorId: '' };
  const bot = await startBot({
    databaseUrl: db.url,
    token: new Secret(cast.bot.token),
    apiUrl: sandbox.botApi.url,
    miniappUrl: 'https://usher.example/app',
    suppressionKey,
    clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
  const control = createControlClient(sandbox.control.url);
  const messagesTo = async (user: string) =>
    (await control.conversation(user, cast.bot.username)).messages.filter(
      (message) => message.from === 'bot',
    );
  return {
    db,
    sandbox,
    control,
    cast,
    clock,
    workspaceId,
    operatorId,
    messagesTo,
    async ownerSays(text) {
      await control.write(cast.owner.id, { bot: cast.bot.username, text });
    },
    untilUserSees: (user, fits) =>
      vi.waitFor(
        async () => {
          const found = (await messagesTo(user)).find(fits);
          if (!found) throw new Error('no such message yet');
          return found;
        },
        { timeout: 10_000, interval: 50 },
      ),
    async publish() {
      await publishEvents(db.worker);
    },
    async stop() {
      await bot.stop();
      await sandbox.close();
      await db.close();
    },
  };
};
