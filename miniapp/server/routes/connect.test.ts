import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { createBoxKeys, openBox } from '#db/sealed-box.ts';
import { aboutSignIn, stepSignIn, takeAnswer, takeSignIn } from '#db/sign-ins.ts';
import { type ConnectState, connectLinkSchema, connectStateSchema } from '#miniapp/contract/connect.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

let addresses = 0;
const send = (path: string, cookie: string, body?: unknown) => {
  addresses += 1;
  const init = {
    method: body === undefined ? 'GET' : 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  return server.request(`/connect/api/${path}`, init, `203.0.113.${addresses}`);
};
const makeLink = async (telegramId: string) => {
  const token = await server.signIn(telegramId);
  return server.request('/api/v1/connect-links', server.as(token, { method: 'POST' }));
};
const tokenOf = async (telegramId: string) => {
  const { path } = connectLinkSchema.parse(await (await makeLink(telegramId)).json());
  return path.split('#')[1] ?? '';
};
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const openPage = async (name: string) => {
  const home = await server.claim(name);
  const cookie = cookieOf(await send('open', '', { token: await tokenOf(home.telegramId) }));
  return { ...home, cookie };
};

/** The states the page is told, one after the other. */
async function* statesOf(response: Response): AsyncGenerator<ConnectState | 'ended'> {
  let text = '';
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const frames = text.split('\n\n');
    text = frames.pop() ?? '';
    for (const frame of frames) {
      if (frame.startsWith('event: ended')) yield 'ended';
      else if (frame.startsWith('data: ')) yield connectStateSchema.parse(JSON.parse(frame.slice(6)));
    }
  }
}

describe('a link', () => {
  it('is made for admins only', async () => {
    const { add, telegramId } = await server.claim('Makers');
    expect((await makeLink(telegramId)).status).toBe(201);
    expect((await makeLink(await add('admin'))).status).toBe(201);
    expect((await problemOf(await makeLink(await add('operator')))).code).toBe('forbidden');
    expect((await server.request('/api/v1/connect-links', { method: 'POST' })).status).toBe(401);
  });

  it('is exchanged once for a cookie that scripts and other sites never see', async () => {
    const { telegramId } = await server.claim('Once');
    const token = await tokenOf(telegramId);
    const opened = await send('open', '', { token });
    expect(opened.status).toBe(204);
    expect(opened.headers.get('cache-control')).toBe('no-store');
    const cookie = opened.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).toMatch(/Path=\/connect(;|$)/);
    const again = await send('open', '', { token });
    expect(again.status).toBe(410);
    expect((await problemOf(again)).code).toBe('connect.link_used');
    expect((await send('open', cookieOf(opened), { token })).status).toBe(204);
  });

  it('that is unknown, out of date or of a person who has left opens nothing, and no answer tells which', async () => {
    const { telegramId, workspaceId, add } = await server.claim('Late');
    const leaver = await tokenOf(await add('admin'));
    const late = await tokenOf(telegramId);
    await server.db.owner.execute(
      sql`delete from member where workspace_id = ${workspaceId} and role = 'admin'`,
    );
    await server.db.owner.execute(
      sql`update connect_link set expires_at = clock_timestamp() where workspace_id = ${workspaceId}`,
    );
    for (const token of [late, leaver, 'x'.repeat(43)]) {
      const refused = await send('open', '', { token });
      expect((await problemOf(refused)).code).toBe('connect.link_expired');
    }
    expect((await problemOf(await send('open', '', { token: 'cut' }))).code).toBe('connect.link_expired');
    const endless = { token: 'x'.repeat(201) };
    expect((await problemOf(await send('open', '', endless))).fields).toEqual(['token']);
  });

  it('is refused with a wait when an operator asks for too many', async () => {
    const { telegramId } = await server.claim('Many');
    const token = await server.signIn(telegramId);
    const ask = () => server.request('/api/v1/connect-links', server.as(token, { method: 'POST' }));
    for (let n = 0; n < 10; n += 1) expect((await ask()).status).toBe(201);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('an open page', () => {
  it('follows a sign-in live, and what it sends only the worker can read', async () => {
    const { cookie, workspaceId } = await openPage('Live');
    const stream = await send('live', cookie);
    expect(stream.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    const states = statesOf(stream);
    const next = async () => {
      const { value } = await states.next();
      if (!value || value === 'ended') throw new Error('the page has ended');
      return value;
    };
    expect(await next()).toEqual({ workspace: 'Live', language: 'en', signIn: null });

    const started = await send('sign-ins', cookie, { method: 'phone' });
    expect(started.status).toBe(202);
    const { signInId } = (await started.json()) as { signInId: string };
    expect((await next()).signIn).toMatchObject({ signInId, method: 'phone', status: 'waiting' });

    const keys = createBoxKeys();
    const runId = randomUUID();
    await server.db.owner.execute(sql`
      insert into node (hardware_id, slot, status, run_id, lease_seconds, seen_at)
      values (${runId}, 1, 'active', ${runId}, 60, clock_timestamp())`);
    const ref = { workspaceId, signInId };
    const taken = await takeSignIn(server.db.worker, ref, { runId, workerKey: keys.publicKey });
    await stepSignIn(server.db.worker, taken!, { status: 'scan', link: new Secret('tg://x'), shownMs: 9000 });
    let shown = await next();
    while (shown.signIn?.status !== 'scan') shown = await next();
    expect(shown.signIn.link).toBe('tg://x');
    await stepSignIn(server.db.worker, taken!, { status: 'password', hint: 'the usual' });
    const asked = (await next()).signIn!;
    expect(asked).toMatchObject({ status: 'password', hint: 'the usual', link: null });

    const body = { signInId, sequence: asked.sequence, question: 'password', answer: 'hunter2' };
    const unknown = await send('answer', cookie, { ...body, more: 1 });
    expect(unknown.status).toBe(400);
    expect((await problemOf(unknown)).fields).toEqual(['more']);
    expect((await send('answer', cookie, { ...body, question: 'code' })).status).toBe(409);
    expect((await send('answer', cookie, body)).status).toBe(204);
    expect((await send('answer', cookie, body)).status).toBe(409);
    expect((await next()).signIn?.status).toBe('working');
    const [row] = await server.db.owner.execute<{ text: string }>(
      sql`select encode(answer, 'escape') as text from sign_in where id = ${signInId}`,
    );
    expect(row?.text).not.toContain('hunter2');
    const found = await takeAnswer(server.db.worker, taken!, asked.sequence);
    if (found.kind !== 'answer') throw new Error(found.kind);
    expect(openBox(keys, aboutSignIn(ref, asked.sequence, 'answer'), found.sealed).reveal()).toBe('hunter2');

    expect((await send('cancel', cookie, { signInId })).status).toBe(204);
    expect((await next()).signIn?.status).toBe('cancelled');
    expect((await send('cancel', cookie, { signInId })).status).toBe(409);
    await server.db.owner.execute(sql`update connect_link set expires_at = clock_timestamp()`);
    server.pageHub.hear(undefined);
    expect((await states.next()).value).toBe('ended');
  });

  it('does nothing without its ticket, for another page, or once its operator may no more', async () => {
    const { cookie, workspaceId } = await openPage('Closed');
    const other = await openPage('Other');
    const started = await send('sign-ins', cookie, { method: 'qr' });
    const { signInId } = (await started.json()) as { signInId: string };
    const answer = { signInId, sequence: 0, question: 'code', answer: '1' };
    const calls: [string, unknown?][] = [
      ['live'],
      ['sign-ins', { method: 'qr' }],
      ['answer', answer],
      ['cancel', { signInId }],
    ];
    for (const [path, body] of calls) {
      for (const ticket of ['', `usher_connect=${'y'.repeat(43)}`]) {
        const refused = await send(path, ticket, body);
        expect(refused.status).toBe(401);
        expect((await problemOf(refused)).code).toBe('connect.page_ended');
      }
    }
    expect((await send('answer', other.cookie, answer)).status).toBe(404);
    expect((await send('cancel', other.cookie, { signInId })).status).toBe(409);
    await server.db.owner.execute(
      sql`update member set role = 'operator' where workspace_id = ${workspaceId}`,
    );
    for (const [path, body] of calls) expect((await send(path, cookie, body)).status).toBe(403);
  });

  it('refuses too large a body and too many starts', async () => {
    const { cookie } = await openPage('Busy');
    expect((await send('answer', cookie, { answer: 'x'.repeat(70_000) })).status).toBe(413);
    let last = await send('sign-ins', cookie, { method: 'qr' });
    for (let n = 0; n < 10; n += 1) last = await send('sign-ins', cookie, { method: 'qr' });
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
