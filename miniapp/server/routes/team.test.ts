import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { later } from '#core/duration.ts';
import type { Role } from '#core/roles.ts';
import { acceptInvitation } from '#db/commands/accept-invitation.ts';
import { publishEvents } from '#db/events.ts';
import { auditPageSchema } from '#miniapp/contract/audit.ts';
import { meSchema } from '#miniapp/contract/session.ts';
import { sessionPageSchema } from '#miniapp/contract/sessions.ts';
import {
  createdInvitationSchema,
  invitationPageSchema,
  type Member,
  memberPageSchema,
} from '#miniapp/contract/team.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer();
});
afterAll(() => server.close());

const call = (token: string, method: string, path: string, body?: unknown) =>
  server.request(
    `/api/v1/${path}`,
    server.as(token, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    }),
  );
const codeOf = async (response: Response) =>
  response.ok ? response.status : `${response.status} ${(await problemOf(response)).code}`;
const membersOf = async (token: string): Promise<Member[]> =>
  memberPageSchema.parse(await (await call(token, 'GET', 'members')).json()).items;
const pass = (ms: number) => {
  server.real.now = new Date(server.real.now.getTime() + ms);
};
/** A workspace with one signed-in person of each role, and their ids. */
const openTeam = async (name: string) => {
  const home = await server.claim(name);
  const people: Record<string, { token: string; operatorId: string }> = {};
  for (const role of ['admin', 'operator', 'viewer'] as const) {
    server.business.now = later(server.business.now, 1);
    const token = await server.signIn(await home.add(role));
    const self = (await membersOf(token)).find(({ isSelf }) => isSelf);
    people[role] = { token, operatorId: self?.operatorId ?? '' };
  }
  people.owner = { token: await server.signIn(home.telegramId), operatorId: home.operatorId };
  const of = (role: Role) => people[role] ?? { token: '', operatorId: '' };
  return { ...home, of };
};

describe('members', () => {
  it('200: are read by everybody, each with what the reader may do', async () => {
    const { of } = await openTeam('Read');
    const seen = await membersOf(of('admin').token);
    expect(
      seen.map(({ role, mayBecome, mayRemove, isSelf }) => [role, mayBecome, mayRemove, isSelf]),
    ).toEqual([
      ['owner', [], false, false],
      ['admin', ['viewer', 'operator'], true, true],
      ['operator', ['viewer'], true, false],
      ['viewer', ['operator'], true, false],
    ]);
    expect((await membersOf(of('viewer').token)).map(({ mayRemove }) => mayRemove)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it.each<[Role, Role, Role, string | number]>([
    ['viewer', 'operator', 'viewer', '403 forbidden'],
    ['operator', 'viewer', 'operator', '403 forbidden'],
    ['admin', 'viewer', 'admin', '403 forbidden'],
    ['admin', 'owner', 'viewer', '403 forbidden'],
    ['admin', 'admin', 'owner', '403 team.own_role'],
    ['owner', 'owner', 'admin', '409 team.last_owner'],
    ['admin', 'viewer', 'operator', 204],
    ['owner', 'admin', 'owner', 204],
  ])('%s makes %s %s: %s', async (asker, target, role, expected) => {
    const { of } = await openTeam('Roles');
    const path = `members/${of(target).operatorId}`;
    expect(await codeOf(await call(of(asker).token, 'PATCH', path, { role }))).toBe(expected);
  });

  it('204: are removed, and lose their session with it', async () => {
    const { of } = await openTeam('Removed');
    const { token, operatorId } = of('viewer');
    expect(await codeOf(await call(of('admin').token, 'DELETE', `members/${operatorId}`))).toBe(204);
    expect(await codeOf(await call(token, 'GET', 'me'))).toBe('401 session.ended');
    expect(await codeOf(await call(of('owner').token, 'DELETE', `members/${of('owner').operatorId}`))).toBe(
      '409 team.last_owner',
    );
  });

  it('404: of another workspace, or none, do not exist; 400: fields are named', async () => {
    const [mine, theirs] = [await openTeam('Mine'), await openTeam('Theirs')];
    const { token } = mine.of('owner');
    for (const id of [theirs.of('viewer').operatorId, randomUUID()]) {
      expect(await codeOf(await call(token, 'PATCH', `members/${id}`, { role: 'viewer' }))).toBe(
        '404 not_found',
      );
      expect(await codeOf(await call(token, 'DELETE', `members/${id}`))).toBe('404 not_found');
    }
    const path = `members/${mine.of('viewer').operatorId}`;
    const response = await call(token, 'PATCH', path, { role: 'admin', name: 'x' });
    expect(await problemOf(response)).toMatchObject({ status: 400, fields: ['name'] });
    const malformed = await call(token, 'PATCH', path, { role: 'emperor' });
    expect(await problemOf(malformed)).toMatchObject({ status: 400, fields: ['role'] });
  });
});

describe('invitations', () => {
  it('201: make a link that works, once, and are listed until then', async () => {
    const { of } = await openTeam('Invited');
    const { token } = of('admin');
    const made = await call(token, 'POST', 'invitations', { role: 'operator', days: 7 });
    expect(made.status).toBe(201);
    const { link, invitationId } = createdInvitationSchema.parse(await made.json());
    const list = async () =>
      invitationPageSchema.parse(await (await call(token, 'GET', 'invitations')).json()).items;
    expect(await list()).toMatchObject([{ invitationId, role: 'operator', invitedBy: 'Bob' }]);
    const person = { telegramId: '987', firstName: 'Eve', language: 'en' } as const;
    const secret = link.split('start=i_')[1] ?? '';
    await acceptInvitation(server.db.app, { token: secret, person, now: server.business.now });
    expect(await list()).toEqual([]);
    expect((await membersOf(token)).map(({ name }) => name)).toContain('Eve');
  });

  it('are for those who may give their role, and withdrawn by those alone', async () => {
    const [{ of }, other] = [await openTeam('Given'), await openTeam('Foreign')];
    const invite = async (role: Role, wish: object) =>
      codeOf(await call(of(role).token, 'POST', 'invitations', wish));
    expect(await invite('operator', { role: 'viewer', days: 1 })).toBe('403 forbidden');
    expect(await invite('admin', { role: 'admin', days: 1 })).toBe('403 forbidden');
    expect(await invite('owner', { role: 'viewer', days: 2 })).toBe('400 invalid_input');
    const made = await call(of('owner').token, 'POST', 'invitations', { role: 'admin', days: 1 });
    const { invitationId } = (await made.json()) as { invitationId: string };
    const path = `invitations/${invitationId}`;
    expect(await codeOf(await call(of('operator').token, 'GET', 'invitations'))).toBe('403 forbidden');
    expect(await codeOf(await call(of('admin').token, 'DELETE', path))).toBe('403 forbidden');
    expect(await codeOf(await call(other.of('owner').token, 'DELETE', path))).toBe('404 not_found');
    expect(await codeOf(await call(of('owner').token, 'DELETE', path))).toBe(204);
    expect(await codeOf(await call(of('owner').token, 'DELETE', path))).toBe('409 conflict');
  });
});

it('403: what touches roles and sessions wants a launch of the last five minutes, and nothing else does', async () => {
  const { of } = await openTeam('Stale');
  const { token } = of('owner');
  const { operatorId } = of('viewer');
  pass(5 * 60_000);
  const stale = '403 launch.not_fresh';
  expect(await codeOf(await call(token, 'PATCH', `members/${operatorId}`, { role: 'admin' }))).toBe(stale);
  expect(await codeOf(await call(token, 'DELETE', `members/${operatorId}`))).toBe(stale);
  expect(await codeOf(await call(token, 'POST', 'invitations', { role: 'viewer', days: 1 }))).toBe(stale);
  expect(await codeOf(await call(token, 'DELETE', `sessions/${randomUUID()}`))).toBe(stale);
  expect(await codeOf(await call(token, 'GET', 'members'))).toBe(200);
  expect(await codeOf(await call(token, 'POST', 'sign-out'))).toBe(204);
});

it('429: stops an operator at the 31st change of a minute and says when to come back', async () => {
  const { of } = await openTeam('Busy');
  const change = () => call(of('viewer').token, 'POST', 'switch', { workspaceId: randomUUID() });
  for (let i = 0; i < 30; i += 1) expect((await change()).status).toBe(404);
  const refused = await change();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await codeOf(await call(of('owner').token, 'POST', 'switch', { workspaceId: randomUUID() }))).toBe(
    '404 not_found',
  );
});

describe('sessions', () => {
  const list = async (token: string) =>
    sessionPageSchema.parse(await (await call(token, 'GET', 'sessions')).json()).items;

  it('200: are one’s own alone, told apart by what they run on', async () => {
    const { telegramId, add } = await server.claim('Own');
    const [token] = [await server.signIn(telegramId), await server.signIn(telegramId)];
    await server.signIn(await add('admin'));
    expect((await list(token)).map(({ isThisOne, device }) => [isThisOne, device]).sort()).toEqual([
      [false, 'other'],
      [true, 'other'],
    ]);
  });

  it('204: are ended with their live streams, also by another process; those of others do not exist', async () => {
    const { telegramId, add } = await server.claim('Ended');
    const [token, other] = [await server.signIn(telegramId), await server.signIn(telegramId)];
    const stranger = await server.signIn(await add('owner'));
    const stream = await server.request('/api/v1/events', server.as(other));
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    const target = (await list(token)).find(({ isThisOne }) => !isThisOne)?.sessionId;
    expect(await codeOf(await call(stranger, 'DELETE', `sessions/${target}`))).toBe('404 not_found');
    expect(await codeOf(await call(token, 'DELETE', `sessions/${target}`))).toBe(204);
    await publishEvents(server.db.worker);
    let told = '';
    for (let read = await reader.read(); !read.done; read = await reader.read()) told += read.value;
    expect(told).toContain('event: session_ended');
    expect(await codeOf(await call(other, 'GET', 'me'))).toBe('401 session.ended');
    expect(await codeOf(await call(token, 'DELETE', `sessions/${target}`))).toBe('404 not_found');
  });

  it('204: go over into another workspace of their person, and see nothing more of the one before', async () => {
    const [near, far] = [await openTeam('Near'), await server.claim('Far')];
    const { token } = near.of('admin');
    const other = { workspaceId: far.workspaceId };
    expect(await codeOf(await call(token, 'POST', 'switch', other))).toBe('404 not_found');
    const { token: ownerToken } = { token: await server.signIn(far.telegramId) };
    const made = await call(ownerToken, 'POST', 'invitations', { role: 'viewer', days: 1 });
    const secret = ((await made.json()) as { link: string }).link.split('start=i_')[1] ?? '';
    const [row] = await server.db.owner.execute<{ id: string }>(
      `select telegram_id::text as id from operator where id = '${near.of('admin').operatorId}'`,
    );
    const person = { telegramId: row!.id, firstName: 'Bob', language: 'en' } as const;
    await acceptInvitation(server.db.app, { token: secret, person, now: server.business.now });
    expect(await codeOf(await call(token, 'POST', 'switch', other))).toBe(204);
    const me = meSchema.parse(await (await call(token, 'GET', 'me')).json());
    expect(me).toMatchObject({ workspace: { name: 'Far' }, role: 'viewer' });
    expect(me.workspaces.map(({ name, role }) => [name, role])).toEqual([
      ['Far', 'viewer'],
      ['Near', 'admin'],
    ]);
    expect((await membersOf(token)).map(({ role }) => role).sort()).toEqual(['owner', 'viewer']);
  });
});

describe('the audit log', () => {
  it('200: is paged by keys, newest first, for owners alone', async () => {
    const { of } = await openTeam('Audited');
    const { token } = of('owner');
    await call(token, 'PATCH', `members/${of('viewer').operatorId}`, { role: 'operator' });
    expect(await codeOf(await call(of('admin').token, 'GET', 'audit'))).toBe('403 forbidden');
    const read = async (query: string) =>
      auditPageSchema.parse(await (await call(token, 'GET', `audit?${query}`)).json());
    const whole = await read('limit=100');
    expect(whole.next).toBeNull();
    expect(whole.items.map(({ action }) => action)).toContain('workspace.claimed');
    const change = whole.items.find(({ action }) => action === 'member.role_changed');
    expect(change).toMatchObject({
      by: { kind: 'operator', name: 'Ada' },
      entityId: of('viewer').operatorId,
      before: { role: 'viewer' },
      after: { role: 'operator' },
    });
    const paged = [];
    let next: string | null = '';
    while (next !== null) {
      const page = await read(next ? `limit=3&cursor=${next}` : 'limit=3');
      paged.push(...page.items);
      next = page.next;
    }
    expect(paged).toEqual(whole.items);
    const unknown = await call(token, 'GET', 'audit?who=me');
    expect(await problemOf(unknown)).toMatchObject({ status: 400, fields: ['who'] });
    expect(await codeOf(await call(token, 'GET', 'audit?cursor=x'))).toBe('400 invalid_input');
  });
});
