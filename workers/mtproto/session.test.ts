import { describe, expect, it } from 'vitest';
import { startTelegram } from '../testing/offline.ts';
import { userSessionContract } from './user-session.contract.ts';

describe('a session over the telegram library', () => {
  userSessionContract(async () => {
    const telegram = await startTelegram();
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
});

it('a session asks for nothing that its caller did not ask for', async () => {
  const telegram = await startTelegram();
  const owner = await telegram.signUp({ firstName: 'Olga' });
  telegram.ledger.clear();
  const session = await telegram.connect(owner);
  await session.resolveUsername('nobody_here');
  await session.close();
  const methods = telegram.ledger.entries().flatMap((line) => (line.kind === 'rpc' ? [line.method] : []));
  expect(methods).toEqual(['help.getConfig', 'contacts.resolveUsername']);
  await telegram.close();
});
