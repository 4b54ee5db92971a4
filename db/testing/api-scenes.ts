import { createApiToken } from '../commands/create-api-token.ts';
import { createWebhook } from '../commands/create-webhook.ts';
import { disableWebhook } from '../commands/disable-webhook.ts';
import { enableWebhook } from '../commands/enable-webhook.ts';
import { removeWebhook } from '../commands/remove-webhook.ts';
import { revokeApiToken } from '../commands/revoke-api-token.ts';
import { createWebhookSeal } from '../webhook-secret.ts';
import { type Home, noon } from './factories.ts';
import type { Scene } from './work-scenes.ts';

const tomorrow = new Date(noon.getTime() + 86_400_000);

const createAnyToken = (home: Home) =>
  createApiToken(home.owner, { name: 'Export', role: 'viewer', createdAt: noon, expiresAt: tomorrow });

const createAnyWebhook = (home: Home) =>
  createWebhook(home.owner, {
    url: 'https://hooks.example.org/usher',
    seal: createWebhookSeal(Buffer.alloc(32, 6)),
  });
const createLostWebhook = async (home: Home): Promise<{ webhookId: string }> => {
  const { webhookId } = await createAnyWebhook(home);
  await disableWebhook(home.worker, { webhookId, because: '500' });
  return { webhookId };
};

/** A scene for every command of programs: their tokens and webhooks. */
export const apiScenes: Record<string, Scene> = {
  'create-api-token': async ({ home }) => {
    return () => createAnyToken(home);
  },
  'create-webhook': async ({ home }) => {
    return () => createAnyWebhook(home);
  },
  'disable-webhook': async ({ home }) => {
    const { webhookId } = await createAnyWebhook(home);
    return () => disableWebhook(home.worker, { webhookId, because: '500' });
  },
  'enable-webhook': async ({ home }) => {
    const { webhookId } = await createLostWebhook(home);
    return () => enableWebhook(home.owner, { webhookId });
  },
  'remove-webhook': async ({ home }) => {
    const { webhookId } = await createAnyWebhook(home);
    return () => removeWebhook(home.owner, { webhookId });
  },
  'revoke-api-token': async ({ home }) => {
    const { tokenId } = await createAnyToken(home);
    return () => revokeApiToken(home.owner, { tokenId, revokedAt: noon });
  },
};
