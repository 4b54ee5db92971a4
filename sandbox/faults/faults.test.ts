import { expect, test } from 'vitest';
import type { CallContext } from '#sandbox/mtproto/server.ts';
import { createFaults } from './create-faults.ts';
import type { FaultRuleInput } from './rule.ts';

function call(userId: string | undefined = '1', dcId = 2): CallContext {
  const auth = {
    id: 'a',
    dcId,
    layer: 198,
    userId,
    pendingUserId: undefined,
    api: undefined,
    createdAt: new Date(),
  };
  return { auth, dcId, connectionId: 'c', msgId: 1n };
}

function faultsOf(...rules: FaultRuleInput[]) {
  const faults = createFaults();
  for (const rule of rules) faults.add(rule);
  return faults;
}

const drop = { kind: 'dropBefore' } as const;

test.each([
  [{}, 'users.getUsers', call(), true],
  [{ method: 'users.getUsers' }, 'users.getUsers', call(), true],
  [{ method: 'users.*' }, 'users.getUsers', call(), true],
  [{ method: 'users.*' }, 'usersX.get', call(), false],
  [{ method: 'users.getFullUser' }, 'users.getUsers', call(), false],
  [{ account: '1' }, 'users.getUsers', call('1'), true],
  [{ account: '1' }, 'users.getUsers', call('2'), false],
  [{ dc: 4 }, 'users.getUsers', call('1', 2), false],
  [{ dc: 4 }, 'users.getUsers', call('1', 4), true],
])('a rule for %o meets %s: %#', (match, method, ctx, isStruck) => {
  expect(faultsOf({ match, action: drop }).decide(ctx, method)).toEqual(isStruck ? drop : undefined);
});

test('a rule passes the first calls, strikes as often as told and then rests', () => {
  const faults = faultsOf({ match: { afterN: 2, times: 2 }, action: drop });
  const struck = Array.from({ length: 6 }, () => faults.decide(call(), 'a') !== undefined);
  expect(struck).toEqual([false, false, true, true, false, false]);
  expect(faults.list()).toMatchObject([{ struck: 2 }]);
});

test('the first rule that strikes wins', () => {
  const faults = faultsOf({ match: { times: 1 }, action: drop }, { match: {}, action: { kind: 'noReply' } });
  expect(faults.decide(call(), 'a')).toEqual(drop);
  expect(faults.decide(call(), 'a')).toEqual({ kind: 'noReply' });
});

test('a probability strikes by its seed, the same each time', () => {
  const pattern = (seed: number) => {
    const faults = faultsOf({ match: { probability: 0.3, seed }, action: drop });
    return Array.from({ length: 300 }, () => faults.decide(call(), 'a') !== undefined);
  };
  const struck = pattern(1).filter(Boolean).length;
  expect(struck).toBeGreaterThan(60);
  expect(struck).toBeLessThan(120);
  expect(pattern(1)).toEqual(pattern(1));
  expect(pattern(1)).not.toEqual(pattern(2));
});

test.each([
  ['FLOOD_WAIT_37', 420],
  ['PEER_FLOOD', 400],
  ['USER_PRIVACY_RESTRICTED', 403],
  ['AUTH_KEY_UNREGISTERED', 401],
  ['AUTH_KEY_DUPLICATED', 406],
  ['PHONE_MIGRATE_4', 303],
  ['RPC_CALL_FAIL', 500],
])('an rpcError %s without a code gets %i', (text, code) => {
  expect(faultsOf({ action: { kind: 'rpcError', text } }).decide(call(), 'a')).toEqual({
    kind: 'rpcError',
    text,
    code,
  });
});

test('rules can be removed, and malformed ones are refused', () => {
  const faults = createFaults();
  const id = faults.add({ action: drop });
  expect(faults.remove(id)).toBe(true);
  expect(faults.remove(id)).toBe(false);
  expect(() => faults.add({ match: { probability: 2 }, action: drop })).toThrow();
  expect(() => faults.add(JSON.parse('{"match":{"metod":"a"},"action":{"kind":"dropBefore"}}'))).toThrow();
  expect(faults.list()).toEqual([]);
});
