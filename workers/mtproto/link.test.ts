import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import bigInt from 'big-integer';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MTPROTO_LIBRARIES } from '#core/telegram/mtproto-library.ts';
import type { SessionEnd } from '#core/telegram/user-session.ts';
import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { FaultAction } from '#sandbox/mtproto/server.ts';
import { Api } from './library.ts';
import { type Link, openLink } from './link.ts';
import { startProtocolServer } from './testing/protocol-server.ts';

const INVITE = 'channels.inviteToChannel';
/** By itself `telegram` reconnects one second after a loss, `teleproto` at once. */
const PAST_A_RECONNECT_MS = { telegram: 1600, teleproto: 300 };

let telegram: Awaited<ReturnType<typeof startProtocolServer>>;
let refusal: RpcError | undefined;
let mayCall = true;
const FIRST = { dcId: 2, address: '127.0.0.1' };
const open: Link[] = [];

function answerInvite() {
  if (refusal) throw refusal;
  return {
    _: 'messages.invitedUsers',
    updates: { _: 'updates', updates: [], users: [], chats: [], date: 0, seq: 0 },
    missingInvitees: [],
  };
}

async function connect(silenceSeconds = 60) {
  const ends: SessionEnd[] = [];
  let onEnd = (_end: SessionEnd) => {};
  const ended = new Promise<SessionEnd>((resolve) => {
    onEnd = resolve;
  });
  const answer = await openLink({ ...telegram.config, silenceSeconds }, FIRST, {
    mayCall: () => mayCall,
    onEnd: (end) => {
      ends.push(end);
      onEnd(end);
    },
  });
  if (!answer.ok) throw new Error(answer.failure.error);
  open.push(answer.value);
  return { link: answer.value, ends, ended };
}

const invite = (link: Link) =>
  link.call(
    new Api.channels.InviteToChannel({
      channel: new Api.InputChannel({ channelId: bigInt(1), accessHash: bigInt(2) }),
      users: [new Api.InputUser({ userId: bigInt(3), accessHash: bigInt(4) })],
    }),
  );

/** The offline Telegram's key, to be looked for at another address. */
function trusted() {
  const { offline } = telegram.config;
  if (!offline) throw new Error('the test speaks to an offline Telegram');
  return offline;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(MTPROTO_LIBRARIES)('a link to Telegram over %s', (library) => {
  beforeAll(async () => {
    telegram = await startProtocolServer({ [INVITE]: answerInvite }, library);
  });
  afterEach(async () => {
    refusal = undefined;
    mayCall = true;
    vi.useRealTimers();
    for (const link of open.splice(0)) await link.close();
  });
  afterAll(() => telegram.close());

  it('answers a call', async () => {
    const { link } = await connect();
    const answer = await invite(link);
    expect(answer).toMatchObject({ ok: true, value: { missingInvitees: [] } });
  });

  const losses: { action: FaultAction; failure: string; effects: number }[] = [
    { action: { kind: 'dropAfterEffect' }, failure: 'disconnected', effects: 1 },
    { action: { kind: 'dropBefore' }, failure: 'disconnected', effects: 0 },
    { action: { kind: 'noReply' }, failure: 'timeout', effects: 1 },
    { action: { kind: 'forgottenKey' }, failure: 'disconnected', effects: 0 },
  ];
  it.each(losses)('never sends a call again after $action.kind', async ({ action, failure, effects }) => {
    const { link, ends, ended } = await connect();
    const before = telegram.calls.filter((method) => method === INVITE).length;
    const openedBefore = telegram.opened();
    telegram.fail(INVITE, action);

    const answer = await invite(link);
    await ended;
    await pause(PAST_A_RECONNECT_MS[library]);

    expect(answer).toMatchObject({ ok: false, failure: { kind: failure } });
    expect(telegram.calls.filter((method) => method === INVITE).length - before).toBe(effects);
    expect(telegram.opened() - openedBefore).toBe(0);
    expect(ends).toHaveLength(1);
    expect(ends[0]?.because).toBe('broken');
    expect(await invite(link)).toMatchObject({ ok: false, failure: { kind: 'disconnected' } });
  });

  it('gives the wait of a flood without waiting', async () => {
    const { link } = await connect();
    refusal = new RpcError(420, 'FLOOD_WAIT_37');
    expect(await invite(link)).toEqual({
      ok: false,
      failure: { kind: 'rpc', error: 'FLOOD_WAIT', argument: 37 },
    });
  });

  it('calls a server fault unknown at once and does not send again', async () => {
    const { link } = await connect();
    const before = telegram.calls.length;
    refusal = new RpcError(500, 'RPC_CALL_FAIL');
    const answer = await invite(link);
    expect(answer).toEqual({ ok: false, failure: { kind: 'unknown', error: 'RPC_CALL_FAIL' } });
    expect(telegram.calls.length - before).toBe(1);
  });

  it('knows an error in a packed answer for what it is', async () => {
    const { link } = await connect();
    refusal = new RpcError(420, 'FLOOD_WAIT_37');
    telegram.fail(INVITE, { kind: 'gzip' });
    expect(await invite(link)).toEqual({
      ok: false,
      failure: { kind: 'rpc', error: 'FLOOD_WAIT', argument: 37 },
    });
  });

  it('ends as signed out when Telegram has revoked the session', async () => {
    const { link, ended } = await connect();
    refusal = new RpcError(401, 'SESSION_REVOKED');
    const answer = await invite(link);
    expect(answer).toMatchObject({ ok: false, failure: { error: 'SESSION_REVOKED' } });
    expect(await ended).toEqual({ because: 'signed_out', error: 'SESSION_REVOKED' });
  });

  it('is ended by Telegram itself when its process falls silent', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const { link, ended } = await connect(1);
    expect((await invite(link)).ok).toBe(true);
    expect(await ended).toEqual({ because: 'broken', error: 'CONNECTION_LOST' });
  });

  it('notices that Telegram no longer answers', async () => {
    const { link, ended } = await connect(1);
    telegram.fail(INVITE, { kind: 'stallPongs', ms: 10_000 });
    await invite(link);
    expect(await ended).toMatchObject({ because: 'broken' });
  });

  it('ends without a further byte when it may no longer call', async () => {
    const { link, ended } = await connect();
    const before = telegram.calls.length;
    mayCall = false;
    expect(await invite(link)).toMatchObject({ ok: false, failure: { kind: 'disconnected' } });
    expect((await ended).because).toBe('broken');
    await vi.waitFor(() => expect([...telegram.server.connections()]).toHaveLength(0));
    expect(telegram.calls).toHaveLength(before);
  });

  it('says goodbye before it is closed', async () => {
    const { link, ends } = await connect();
    await link.close();
    await vi.waitFor(() => expect([...telegram.server.connections()]).toHaveLength(0));
    expect(await invite(link)).toMatchObject({ ok: false, failure: { kind: 'disconnected' } });
    expect(ends).toEqual([]);
  });

  it('continues from its session string without a new key', async () => {
    const { link } = await connect();
    const session = link.sessionString();
    await link.close();
    const keys = [...telegram.server.keys()].length;
    const again = await openLink(telegram.config, { session }, { onEnd: () => {} });
    if (!again.ok) throw new Error(again.failure.error);
    open.push(again.value);
    expect((await invite(again.value)).ok).toBe(true);
    expect([...telegram.server.keys()]).toHaveLength(keys);
  });

  it('tells of a key that Telegram has forgotten as of an end of the session', async () => {
    const { link } = await connect();
    const session = link.sessionString();
    await link.close();
    telegram.server.forgetKey(() => true);
    expect(await openLink(telegram.config, { session }, { onEnd: () => {} })).toEqual({
      ok: false,
      failure: { kind: 'rpc', error: 'AUTH_KEY_UNREGISTERED' },
    });
  });

  it('dials nobody when it may not call', async () => {
    let dialled = 0;
    const listener = createServer(() => {
      dialled += 1;
    }).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const offline = { ...trusted(), dcMap: { 2: `127.0.0.1:${port}` } };
    const answer = await openLink({ ...telegram.config, offline }, FIRST, {
      onEnd: () => {},
      mayCall: () => false,
    });
    listener.close();
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'disconnected' } });
    expect(dialled).toBe(0);
  });

  it('closes at once when it may no longer call by the time it stands', async () => {
    const openedBefore = telegram.opened();
    const answer = await openLink(telegram.config, FIRST, {
      onEnd: () => {},
      mayCall: () => telegram.opened() === openedBefore,
    });
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'disconnected' } });
    expect(telegram.opened()).toBe(openedBefore + 1);
    await vi.waitFor(() => expect([...telegram.server.connections()]).toHaveLength(0));
  });

  it('is ended by Telegram itself also when its process falls silent while connecting', async () => {
    telegram.fail('help.getConfig', { kind: 'noReply' });
    const config = { ...telegram.config, silenceSeconds: 1, connectDeadlineMs: 60_000 };
    const answer = await openLink(config, FIRST, { onEnd: () => {} });
    expect(answer).toEqual({ ok: false, failure: { kind: 'disconnected', error: 'DISCONNECTED' } });
  });

  it('answers within its deadline when nobody listens', async () => {
    const offline = { ...trusted(), dcMap: { 2: '127.0.0.1:1' } };
    const answer = await openLink({ ...telegram.config, offline, connectDeadlineMs: 500 }, FIRST, {
      onEnd: () => {},
    });
    expect(answer.ok).toBe(false);
  });

  it('refuses offline mode without addresses', async () => {
    const offline = { ...trusted(), dcMap: {} };
    await expect(
      openLink({ ...telegram.config, offline }, { dcId: 2, address: '149.154.167.50' }, { onEnd: () => {} }),
    ).rejects.toThrow('needs the addresses');
  });
});
