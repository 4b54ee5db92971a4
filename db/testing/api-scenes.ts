import { createApiToken } from '../commands/create-api-token.ts';
import { revokeApiToken } from '../commands/revoke-api-token.ts';
import { type Home, noon } from './factories.ts';
import type { Scene } from './work-scenes.ts';

const tomorrow = new Date(noon.getTime() + 86_400_000);

const createAnyToken = (home: Home) =>
  createApiToken(home.owner, { name: 'Export', role: 'viewer', createdAt: noon, expiresAt: tomorrow });

/** A scene for every command of programs: their tokens and webhooks. */
export const apiScenes: Record<string, Scene> = {
  'create-api-token': async ({ home }) => {
    return () => createAnyToken(home);
  },
  'revoke-api-token': async ({ home }) => {
    const { tokenId } = await createAnyToken(home);
    return () => revokeApiToken(home.owner, { tokenId, revokedAt: noon });
  },
};
