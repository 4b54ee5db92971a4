import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createWorldClock } from './clock.ts';
import { addChat } from './commands/add-chat.ts';
import { addUser } from './commands/add-user.ts';
import { dropSeenUsernames } from './commands/meet-users.ts';
import { renameUser } from './commands/rename-user.ts';
import { createWorld } from './create-world.ts';
import type { WorldEvent } from './types.ts';

function newWorld(seed = 1) {
  return createWorld({ seed, clock: createWorldClock() });
}

describe('access hashes', () => {
  test('belong to one viewer and one target', () => {
    const { accessHash } = newWorld();
    const id = fc.integer({ min: 1, max: 2 ** 40 }).map(String);
    fc.assert(
      fc.property(id, id, id, (viewer, other, target) => {
        fc.pre(viewer !== other);
        expect(accessHash(viewer, `user:${target}`)).toBe(accessHash(viewer, `user:${target}`));
        expect(accessHash(viewer, `user:${target}`)).not.toBe(accessHash(other, `user:${target}`));
        expect(accessHash(viewer, `user:${target}`)).not.toBe(accessHash(viewer, `min:${target}`));
      }),
    );
  });

  test('do not repeat over fifty thousand targets', () => {
    const { accessHash } = newWorld();
    const hashes = new Set<bigint>();
    for (let target = 0; target < 50_000; target++) hashes.add(accessHash('1', `user:${target}`));
    expect(hashes.size).toBe(50_000);
  });

  test('change with the seed', () => {
    expect(newWorld(1).accessHash('1', 'chat:2')).not.toBe(newWorld(2).accessHash('1', 'chat:2'));
  });
});

describe('usernames', () => {
  test('find their holder whatever the case and the @', () => {
    const world = newWorld();
    const ann = addUser(world, { firstName: 'Ann', username: 'Ann_Green' });
    const club = addChat(world, { kind: 'supergroup', title: 'Club', username: 'club' });
    expect(world.findByUsername('@ANN_green')).toEqual({ user: ann });
    expect(world.findByUsername('CLUB')).toEqual({ chat: club });
    expect(world.findUserByUsername('club')).toBeUndefined();
  });

  test('stop existing when they are given up, and can be taken by another', () => {
    const world = newWorld();
    const ann = addUser(world, { firstName: 'Ann', username: 'green' });
    const bob = addUser(world, { firstName: 'Bob' });
    expect(() => renameUser(world, { user: bob.id, username: 'green' })).toThrow('USERNAME_OCCUPIED');
    renameUser(world, { user: ann.id });
    expect(world.findByUsername('green')).toBeUndefined();
    renameUser(world, { user: bob.id, username: 'green' });
    expect(world.findUserByUsername('green')).toBe(bob);
  });

  test('a fleeting one goes once it was seen, a usual one stays', () => {
    const world = newWorld();
    const fleeting = addUser(world, { firstName: 'Ann', username: 'goes', usernameGoesOnceSeen: true });
    const usual = addUser(world, { firstName: 'Bob', username: 'stays' });
    dropSeenUsernames(world, [fleeting.id, usual.id]);
    expect(world.findByUsername('goes')).toBeUndefined();
    expect(world.findByUsername('stays')).toEqual({ user: usual });
  });

  test('are given once', () => {
    const world = newWorld();
    addUser(world, { firstName: 'Ann', username: 'green' });
    expect(() => addChat(world, { kind: 'channel', title: 'Green', username: 'Green' })).toThrow('taken');
  });
});

test('listeners hear events until they stop', () => {
  const world = newWorld();
  const heard: WorldEvent[] = [];
  const stop = world.on((event) => heard.push(event));
  const event: WorldEvent = { kind: 'signed_in', user: '1', authKeyId: 'a' };
  world.emit(event);
  stop();
  world.emit(event);
  expect(heard).toEqual([event]);
});

test('a reset world starts over with the same ids', () => {
  const world = newWorld();
  const { id } = addUser(world, { firstName: 'Ann', username: 'ann_green' });
  world.reset();
  expect(world.findUser(id)).toBeUndefined();
  expect(addUser(world, { firstName: 'Ann', username: 'ann_green' }).id).toBe(id);
});
