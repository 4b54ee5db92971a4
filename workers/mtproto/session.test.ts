import { describe, expect, it } from 'vitest';
import { MTPROTO_LIBRARIES } from '#core/telegram/mtproto-library.ts';
import { teleprotoSchema } from '#sandbox/tl/layers.ts';
import { startTelegram } from '../testing/offline.ts';
import { connectUserSession } from './session.ts';
import { userSessionContract } from './user-session.contract.ts';

describe.each(MTPROTO_LIBRARIES)('a session over %s', (library) => {
  userSessionContract(async () => {
    const telegram = await startTelegram({ library });
    const owner = await telegram.signUp({ firstName: 'Olga', username: 'olga_owner' });
    const session = await telegram.connect(owner);
    return {
      world: telegram.world,
      ownerId: owner.user.id,
      session,
      async close() {
        await session.close();
        expect([...telegram.unknownMethods]).toEqual([]);
        expect(telegram.internalErrors).toEqual([]);
        await telegram.close();
      },
    };
  });

  it('asks for nothing that its caller did not ask for', async () => {
    const telegram = await startTelegram({ library });
    const owner = await telegram.signUp({ firstName: 'Olga' });
    telegram.ledger.clear();
    const session = await telegram.connect(owner);
    await session.resolveUsername('nobody_here');
    await session.close();
    const methods = telegram.ledger.entries().flatMap((line) => (line.kind === 'rpc' ? [line.method] : []));
    expect(methods).toEqual(['help.getConfig', 'contacts.resolveUsername']);
    await telegram.close();
  });

  it('goes on from the session string that the other library has made, with the same key', async () => {
    const telegram = await startTelegram({
      library,
      otherLayers: [teleprotoSchema()],
    });
    const owner = await telegram.signUp({ firstName: 'Olga', username: 'olga_here' });
    const keys = [...telegram.server.keys()].length;
    for (const other of MTPROTO_LIBRARIES.toSorted((one) => (one === library ? 1 : -1))) {
      const connect = connectUserSession({ ...telegram.config, library: other }, telegram.clock.now);
      const session = await connect(owner.session, { onEnd: () => {} });
      if (!session.ok) throw new Error(session.failure.error);
      expect(await session.value.resolveUsername('olga_here')).toMatchObject({
        ok: true,
        value: { telegramId: owner.user.id },
      });
      await session.value.close();
    }
    expect([...telegram.server.keys()]).toHaveLength(keys);
    await telegram.close();
  });
});
