import { beforeAll, describe, expect, test } from 'vitest';
import { mtcuteSchema, telegramSchema, teleprotoSchema } from '#sandbox/tl/layers.ts';
import type { TlValue } from '#sandbox/tl/object.ts';
import { isTlObject } from '#sandbox/tl/read.ts';
import { editMessage } from '#sandbox/world/commands/change-message.ts';
import { inviteUser } from '#sandbox/world/commands/invite-user.ts';
import { joinChat } from '#sandbox/world/commands/join-chat.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { type Scene, samples } from './testing/answer-samples.ts';
import { furnish } from './testing/furnished-world.ts';
import { setStage } from './testing/stage.ts';

const schemas = [telegramSchema(), mtcuteSchema(), teleprotoSchema()];
/** Its answer needs a client's proof; sign-in.test.ts and mtcute.test.ts have it in both layers. */
const provenElsewhere = ['auth.checkPassword'];

describe.each(schemas.map((schema) => [schema.layer, schema] as const))('in layer %i', (layer, schema) => {
  let scene: Scene;
  const answered = new Set<string>(provenElsewhere);
  beforeAll(() => {
    const stage = setStage();
    const furnished = furnish(stage.world);
    scene = { ...furnished, stage, layer, auth: stage.key(layer, furnished.me.id) };
  });

  /** Encodes an answer as the wire would; fails on a missing field or a wrong type. */
  const answer = async (method: string, fields: Record<string, TlValue>, auth = scene.auth) => {
    const result = await scene.stage.call(method, fields, auth);
    const bytes = schema.encodeResult(method, result);
    answered.add(method);
    if (!isTlObject(result)) return result;
    expect(schema.decode(bytes)._).toBe(result._);
    return result;
  };
  const getObject = async (...call: Parameters<typeof answer>) => {
    const result = await answer(...call);
    if (!isTlObject(result)) throw new Error('not an object');
    return result;
  };

  test.each(samples)('%s is answered in its type: %#', async (method, fields, from) => {
    const auth = from?.(scene) ?? scene.auth;
    expect(await answer(method, fields({ ...scene, auth }), auth)).toBeDefined();
  });

  test('so is every step of a sign-in by QR code, also elsewhere', async () => {
    const waiting = scene.stage.key(layer);
    const shown = await getObject('auth.exportLoginToken', { exceptIds: [] }, waiting);
    await answer('auth.acceptLoginToken', { token: shown.token }, scene.stage.key(layer, scene.plain.id));
    expect(await answer('auth.exportLoginToken', { exceptIds: [] }, waiting)).toMatchObject({
      _: 'auth.loginTokenSuccess',
    });

    const elsewhere = scene.stage.key(layer);
    const other = await getObject('auth.exportLoginToken', { exceptIds: [] }, elsewhere);
    await answer('auth.acceptLoginToken', { token: other.token }, scene.stage.key(layer, scene.away.id, 4));
    const moved = await getObject('auth.exportLoginToken', { exceptIds: [] }, elsewhere);
    expect(moved).toMatchObject({ _: 'auth.loginTokenMigrateTo', dcId: 4 });
    await answer('auth.importLoginToken', { token: moved.token }, scene.stage.key(layer, undefined, 4));
  });

  test('so is carrying a sign-in elsewhere and ending sessions', async () => {
    const ticket = await getObject('auth.exportAuthorization', { dcId: 4 });
    const { id, bytes } = ticket;
    const other = scene.stage.key(layer, undefined, 4);
    await answer('auth.importAuthorization', { id, bytes }, other);
    const { authorizations } = await getObject('account.getAuthorizations', {});
    const hashes = Array.isArray(authorizations) ? authorizations.filter(isTlObject) : [];
    const hash = hashes.find((each) => each.hash !== 0n)?.hash;
    expect(await answer('account.resetAuthorization', { hash })).toBe(true);
    await answer('auth.logOut', {}, scene.stage.key(layer, scene.plain.id));
  });

  test('so is whatever is pushed', async () => {
    const { stage, me, plain, group, bot, basic } = scene;
    await answer('auth.sendCode', { phoneNumber: plain.phone, apiId: 1, apiHash: 'h' }, stage.key(layer));
    const { hash = '', code = '' } = stage.world.state.loginCodes.get(plain.phone ?? '') ?? {};
    const fields = { phoneNumber: plain.phone, phoneCodeHash: hash, phoneCode: code };
    await answer('auth.signIn', fields, stage.key(layer));
    stage.world.emit({ kind: 'signed_in', user: me.id, authKeyId: scene.auth.id });
    const message = sendMessage(stage.world, { from: { user: bot.id }, to: { user: me.id }, text: 'New' });
    editMessage(stage.world, message, { text: 'Newer' });
    sendMessage(stage.world, { from: { user: scene.ann.id }, to: { chat: group.id }, text: 'New' });
    sendMessage(stage.world, { from: { user: scene.ann.id }, to: { chat: basic.id }, text: 'New' });
    joinChat(stage.world, { chat: scene.open.id, user: plain.id });
    inviteUser(stage.world, { chat: basic.id, user: plain.id, by: me.id });
    const names = stage.pushed.flatMap((pushed) => {
      expect(schema.decode(schema.encode(pushed))._).toBe(pushed._);
      const updates = Array.isArray(pushed.updates) ? pushed.updates : [pushed.update];
      return updates.filter(isTlObject).map(({ _ }) => _);
    });
    expect(new Set(names)).toEqual(
      new Set([
        'updateLoginToken',
        'updateNewAuthorization',
        'updateNewMessage',
        'updateEditMessage',
        'updateNewChannelMessage',
        'updateChannel',
        'updateChat',
      ]),
    );
  });

  test('and no method is left out', () => {
    expect(scene.stage.methods().filter((method) => !answered.has(method))).toEqual([]);
  });
});
