import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { AuthKey, CallRecord } from '#sandbox/mtproto/server.ts';
import { createWorldClock } from '#sandbox/world/clock.ts';
import { createLedger } from './create-ledger.ts';

const auth: AuthKey = {
  id: 'abcdef0123456789',
  dcId: 2,
  layer: 198,
  userId: '7',
  pendingUserId: undefined,
  api: undefined,
  createdAt: new Date(),
};

function call(fields: Partial<CallRecord> & { method: string }): CallRecord {
  return {
    ctx: { auth, connectionId: 'c1', dcId: 2, msgId: 1n },
    seq: 1,
    request: { _: fields.method },
    durationMs: 1,
    ...fields,
  };
}

function ledger() {
  return createLedger({ clock: createWorldClock({ epochMs: Date.UTC(2030, 0, 1), scale: 1 }) });
}

const inputUser = (userId: bigint) => ({ _: 'inputUser', userId, accessHash: 0n });
const invitation = {
  _: 'channels.inviteToChannel',
  channel: { _: 'inputChannel', channelId: 5n, accessHash: 0n },
  users: [inputUser(1n), inputUser(2n)],
};

test('an invite tells the chat, whom it was for, who came and who was left out', () => {
  const book = ledger();
  const result = {
    _: 'messages.invitedUsers',
    updates: { _: 'updates', updates: [], users: [{ _: 'user', id: 1n }], chats: [], date: 0, seq: 0 },
    missingInvitees: [{ _: 'missingInvitee', userId: 2n }],
  };
  book.recordCall(call({ method: 'channels.inviteToChannel', request: invitation, result }));
  const [line] = book.lines();
  const { at, realAt, ...rest } = JSON.parse(line!);
  expect(Object.keys(JSON.parse(line!))).toEqual([
    'kind',
    'seq',
    'at',
    'realAt',
    'session',
    'connection',
    'account',
    'method',
    'chat',
    'users',
    'added',
    'missing',
    'error',
  ]);
  expect(rest).toEqual({
    kind: 'rpc',
    seq: 1,
    session: auth.id,
    connection: 'c1',
    account: '7',
    method: 'channels.inviteToChannel',
    chat: '5',
    users: ['1', '2'],
    added: ['1'],
    missing: ['2'],
    error: null,
  });
  expect(new Date(at).toISOString()).toBe(at);
  expect(new Date(realAt).toISOString()).toBe(realAt);
});

test('a refused invite added nobody and names its error', () => {
  const book = ledger();
  const error = { code: 420, text: 'FLOOD_WAIT_37' };
  book.recordCall(call({ method: 'channels.inviteToChannel', request: invitation, error }));
  expect(book.entries()).toMatchObject([
    { users: ['1', '2'], added: [], missing: [], error: 'FLOOD_WAIT_37' },
  ]);
});

test('fields a method has no use for are absent', () => {
  const book = ledger();
  book.recordCall(call({ method: 'help.getConfig' }));
  const [entry] = book.entries();
  for (const field of ['chat', 'users', 'added', 'missing']) expect(entry).not.toHaveProperty(field);
});

test('a message names its receiver, a group member added to a basic group is named too', () => {
  const book = ledger();
  const peer = { _: 'inputPeerUser', userId: 9n, accessHash: 0n };
  book.recordCall(call({ method: 'messages.sendMessage', request: { _: 'messages.sendMessage', peer } }));
  const addition = { _: 'messages.addChatUser', chatId: 4n, userId: inputUser(3n) };
  book.recordCall(call({ method: 'messages.addChatUser', request: addition }));
  expect(book.entries()).toMatchObject([{ users: ['9'] }, { chat: '4', users: ['3'] }]);
});

test('a connection line has exactly its fields', () => {
  const book = ledger();
  const info = { connectionId: 'c1', dcId: 2, auth, transport: 'full', openedAt: new Date() };
  book.recordConnection('open', info);
  const { realAt, ...rest } = JSON.parse(book.lines()[0]!);
  expect(rest).toEqual({
    kind: 'connection',
    event: 'open',
    session: auth.id,
    connection: 'c1',
    account: '7',
  });
  expect(new Date(realAt).toISOString()).toBe(realAt);
});

test('a file gets what was and what comes, until it is ended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ledger.ndjson');
  const book = ledger();
  book.recordCall(call({ method: 'a', seq: 1 }));
  const end = book.writeTo(file);
  book.recordCall(call({ method: 'b', seq: 2 }));
  await end();
  book.recordCall(call({ method: 'c', seq: 3 }));
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines).toEqual(book.lines().slice(0, 2));
});
