import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createBotScene, nextOf, refusalOf } from './testing/bot-scene.ts';

type Delivery = { secret: string | undefined; update: { message?: { text?: string } } };

/** An address that answers deliveries with these statuses, in turn, then 200. */
async function createReceiver(statuses: number[], reply = '') {
  const deliveries: Delivery[] = [];
  let notify: () => void = () => undefined;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    deliveries.push({
      secret: request.headers['x-telegram-bot-api-secret-token'] as string | undefined,
      update: JSON.parse(body),
    });
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' }).end(reply);
    notify();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve()).closeAllConnections()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries,
    async until(count: number) {
      while (deliveries.length < count) {
        await nextOf<void>((resolve) => {
          notify = resolve;
        });
      }
    },
  };
}

it('delivers with the secret, in order, and again after a failure', async () => {
  const scene = await createBotScene();
  const receiver = await createReceiver([500]);
  await scene.api.setWebhook(receiver.url, { secret_token: 'a_secret-1' });
  scene.write('two');
  await receiver.until(3);
  expect(receiver.deliveries.map((delivery) => delivery.update.message?.text)).toEqual([
    '/start',
    '/start',
    'two',
  ]);
  expect(new Set(receiver.deliveries.map((delivery) => delivery.secret))).toEqual(new Set(['a_secret-1']));
  expect(await scene.api.getWebhookInfo()).toMatchObject({
    url: receiver.url,
    last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
  });
  expect(JSON.stringify(scene.botApi.transcript.list())).not.toContain('a_secret-1');
});

it('runs the method a webhook answers with', async () => {
  const scene = await createBotScene();
  const receiver = await createReceiver(
    [],
    JSON.stringify({ method: 'sendMessage', chat_id: scene.chatId, text: 'by reply' }),
  );
  const replied = nextOf<void>((resolve) =>
    scene.world.on((event) => {
      if (event.kind === 'message_sent' && event.message.text === 'by reply') resolve();
    }),
  );
  await scene.api.setWebhook(receiver.url);
  await replied;
});

it('refuses polling while a webhook is set, and lets it again after deleteWebhook', async () => {
  const scene = await createBotScene();
  const receiver = await createReceiver([]);
  await scene.api.setWebhook(receiver.url);
  expect(await refusalOf(scene.api.getUpdates())).toMatchObject({
    code: 409,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  });
  await scene.api.deleteWebhook({ drop_pending_updates: true });
  expect(await scene.api.getUpdates()).toEqual([]);
});

it('ends a waiting poll when a webhook is set', async () => {
  const scene = await createBotScene();
  await scene.api.getUpdates({ offset: 100 });
  const waiting = refusalOf(scene.api.getUpdates({ offset: 100, timeout: 30 }));
  await nextOf<void>((resolve) => setImmediate(resolve));
  const receiver = await createReceiver([]);
  await scene.api.setWebhook(receiver.url);
  expect((await waiting).code).toBe(409);
});

it('refuses addresses and secrets Telegram would refuse', async () => {
  const { api } = await createBotScene();
  expect((await refusalOf(api.setWebhook('http://bot.example/hook'))).description).toBe(
    'Bad Request: bad webhook: An HTTPS URL must be provided for webhook',
  );
  const spaced = api.setWebhook('https://bot.example/hook', { secret_token: 'not allowed' });
  expect((await refusalOf(spaced)).description).toBe(
    'Bad Request: secret token contains unallowed characters',
  );
});
