import { Api, Bot, type GrammyError } from 'grammy';
import { onTestFinished } from 'vitest';
import { TOKEN } from '#sandbox/testing/bot-token.ts';
import { createWorldClock } from '#sandbox/world/clock.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { createWorld } from '#sandbox/world/create-world.ts';
import { createBotApi } from '../create-bot-api.ts';

/** A world with one bot and one person who has started it, and grammY talking to it over the wire. */
export async function createBotScene() {
  const clock = createWorldClock();
  const world = createWorld({ seed: 1, clock });
  const botUser = addUser(world, {
    id: '7000000001',
    firstName: 'Usher',
    username: 'usher_bot',
    bot: { token: TOKEN },
  });
  const person = addUser(world, { firstName: 'Anna', username: 'anna', languageCode: 'ru' });
  const botApi = createBotApi({ world });
  const { url } = await botApi.listen();
  onTestFinished(() => botApi.close());

  const write = (text: string) =>
    sendMessage(world, { from: { user: person.id }, to: { user: botUser.id }, text });
  write('/start');

  return {
    clock,
    world,
    botUser,
    person,
    chatId: Number(person.id),
    botApi,
    url,
    api: new Api(TOKEN, { apiRoot: url }),
    /** The person writes to the bot. */
    write,
    conversation: () => world.privateMessages(person.id, botUser.id),
    /** A grammY bot that is stopped at the test's end. */
    createBot() {
      const bot = new Bot(TOKEN, { client: { apiRoot: url } });
      onTestFinished(() => (bot.isRunning() ? bot.stop() : undefined));
      return bot;
    },
  };
}

/** What Telegram answered to a call that must fail. */
export async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (reason: GrammyError) => reason,
  );
  if (!error) throw new Error('the call was not refused');
  return { code: error.error_code, description: error.description, parameters: error.parameters };
}

/** Resolves with the first value `listen` hands over. */
export function nextOf<T>(listen: (resolve: (value: T) => void) => void): Promise<T> {
  return new Promise(listen);
}
