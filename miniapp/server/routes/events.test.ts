import { afterAll, beforeAll, expect, it } from 'vitest';
import type { UsherEvent } from '#core/events.ts';
import { inWorkspace } from '#db/context.ts';
import { publishEvents } from '#db/events.ts';
import { appendEvent } from '#db/outbox.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const write = async (workspaceId: string, names: string[]): Promise<void> => {
  await inWorkspace(server.db.app, workspaceId, async (tx) => {
    for (const campaignId of names) {
      const event: UsherEvent = { kind: 'campaign.progressed', payload: { campaignId } };
      await appendEvent(
        tx,
        { db: server.db.app, actor: { kind: 'system', part: 'test' }, workspaceId, now: server.business.now },
        event,
      );
    }
  });
  await publishEvents(server.db.worker);
};

type Message = { id?: string; event?: string; data?: string };

/** Opens the stream; `next` resolves with the next message, `undefined` at its end. Comments are left out. */
const open = async (token: string, lastEventId?: string) => {
  const closing = new AbortController();
  const response = await server.request(
    '/api/v1/events',
    server.as(token, {
      signal: closing.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
    }),
  );
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const next = async (): Promise<Message | undefined> => {
    for (;;) {
      const end = rest.indexOf('\n\n');
      if (end >= 0) {
        const lines = rest.slice(0, end).split('\n');
        rest = rest.slice(end + 2);
        const message = Object.fromEntries(
          lines.filter((line) => !line.startsWith(':')).map((line) => line.split(/: (.*)/s).slice(0, 2)),
        );
        if ('data' in message) return message;
        continue;
      }
      const { done, value } = await reader.read();
      if (done) return undefined;
      rest += value;
    }
  };
  const nextName = async () => JSON.parse((await next())?.data ?? '{}').payload?.campaignId;
  return { next, nextName, close: () => reader.cancel() };
};

it('200: brings what happens in the workspace, in order, and nothing of another', async () => {
  const home = await server.claim('Home');
  const other = await server.claim('Other');
  const stream = await open(await server.signIn(home.telegramId));
  expect((await stream.next())?.event).toBe('ready');
  await write(other.workspaceId, ['theirs']);
  await write(home.workspaceId, ['one', 'two']);
  expect([await stream.nextName(), await stream.nextName()]).toEqual(['one', 'two']);
  await stream.close();
});

it('200: resumes behind Last-Event-ID without gap or repetition', async () => {
  const home = await server.claim('Resume');
  const token = await server.signIn(home.telegramId);
  const first = await open(token);
  await first.next();
  await write(home.workspaceId, ['one', 'two']);
  const seen = await first.next();
  expect(JSON.parse(seen?.data ?? '{}')).toMatchObject({
    kind: 'campaign.progressed',
    payload: { campaignId: 'one' },
  });
  await first.close();
  await write(home.workspaceId, ['three']);

  const second = await open(token, seen?.id);
  expect((await second.next())?.id).toBe(seen?.id);
  await write(home.workspaceId, ['four']);
  const names = [await second.nextName(), await second.nextName(), await second.nextName()];
  expect(names).toEqual(['two', 'three', 'four']);
  await second.close();
});

it('resumes from before anything the process remembers, by reading the database', async () => {
  const home = await server.claim('Long ago');
  const names = Array.from({ length: 1200 }, (_, index) => `n${index}`);
  await write(home.workspaceId, names);
  while ((await publishEvents(server.db.worker)).published > 0);

  const restarted = await server.createHub();
  const seen: string[] = [];
  const closing = new AbortController();
  const following = { workspaceId: home.workspaceId, after: 0, signal: closing.signal };
  for await (const { text } of restarted.follow(following)) {
    seen.push(JSON.parse(text.split('data: ')[1]!).payload.campaignId);
    if (seen.length === names.length) closing.abort();
  }
  expect(seen).toEqual(names);
  await restarted.stop();
});

it('tells its end when the session signs out, and ends', async () => {
  const home = await server.claim('Out');
  const token = await server.signIn(home.telegramId);
  const stream = await open(token);
  await stream.next();
  await server.request('/api/v1/sign-out', server.as(token, { method: 'POST' }));
  expect((await stream.next())?.event).toBe('session_ended');
  expect(await stream.next()).toBeUndefined();
});

it('ends within a heartbeat when the session is over for another reason', async () => {
  const home = await server.claim('Removed');
  const stream = await open(await server.signIn(await home.add('viewer')));
  await stream.next();
  await server.db.owner.execute(
    `delete from member where workspace_id = '${home.workspaceId}' and role = 'viewer'`,
  );
  expect((await stream.next())?.event).toBe('session_ended');
});

it('400: refuses a Last-Event-ID that is no position', async () => {
  const home = await server.claim('Malformed');
  const token = await server.signIn(home.telegramId);
  const response = await server.request(
    '/api/v1/events',
    server.as(token, { headers: { 'last-event-id': 'x' } }),
  );
  expect(await problemOf(response)).toMatchObject({ code: 'invalid_input', fields: ['Last-Event-ID'] });
});
