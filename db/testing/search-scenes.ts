import type { RpcFailure } from '#core/telegram/user-session.ts';
import { failCommunitySearch } from '../commands/fail-community-search.ts';
import { markCommunity } from '../commands/mark-community.ts';
import { recordCommunitySearch } from '../commands/record-community-search.ts';
import { requestCommunitySearch } from '../commands/request-community-search.ts';
import { reserveCommunitySearch } from '../commands/reserve-community-search.ts';
import { createCommunity } from './factories.ts';
import type { Scene, Stage } from './work-scenes.ts';

const timeout: RpcFailure = { kind: 'timeout', error: 'timeout' };

const ask = async ({ home, held }: Stage) => {
  const { accountId, leaseToken } = held;
  const question = { kind: 'words', words: 'books', accountId } as const;
  const { searchId } = await requestCommunitySearch(home.owner, question);
  return { searchId, accountId, leaseToken };
};

/** A scene for every command of the search for communities, by its file. */
export const searchScenes: Record<string, Scene> = {
  'request-community-search':
    async ({ home }) =>
    () =>
      requestCommunitySearch(home.owner, { kind: 'words', words: 'books' }),
  'reserve-community-search': async (stage) => {
    const search = await ask(stage);
    return () => reserveCommunitySearch(stage.home.worker, search);
  },
  'record-community-search': async (stage) => {
    const search = await ask(stage);
    return () => recordCommunitySearch(stage.home.worker, { ...search, communities: [] });
  },
  'fail-community-search': async (stage) => {
    const search = await ask(stage);
    return () => failCommunitySearch(stage.home.worker, { ...search, failure: timeout });
  },
  'mark-community': async ({ home, held }) => {
    const communityId = await createCommunity(home, [held]);
    return () => markCommunity(home.owner, { communityId, mark: 'blocked' });
  },
};
