import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { EventKind } from '#miniapp/contract/event-kinds.ts';
import type { CreatedToken, TokenPage } from '#miniapp/contract/tokens.ts';
import type { DeliveryPage, WebhookPage } from '#miniapp/contract/webhooks.ts';
import { api, done, unwrap } from './client.ts';
import { useList } from './pages.ts';
import type { Role } from './team.ts';

const keys = { tokens: ['api_token'] as const, webhooks: ['webhook'] as const };

export const useTokens = () => useList<TokenPage>(keys.tokens, '/tokens');

export const useWebhooks = () => useList<WebhookPage>(keys.webhooks, '/webhooks');

export const useDeliveries = (webhookId: string) =>
  useList<DeliveryPage>(keys.webhooks, `/webhooks/${webhookId}/deliveries`, { limit: '20' });

/** Makes a token; the answer is the only place it ever stands. */
export const useMakeToken = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: { name: string; role: Role; days: number }) =>
      unwrap<CreatedToken>(api.tokens.$post({ json: wish })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.tokens }),
  });
};

export const useRevokeToken = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: string) => done(api.tokens[':tokenId'].$delete({ param: { tokenId } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.tokens }),
  });
};

/** Adds an address, to be told some kinds of events or all; the answer is the only place its secret ever stands. */
export const useAddWebhook = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ url, kinds }: { url: string; kinds: EventKind[] | undefined }) =>
      unwrap<{ webhookId: string; secret: string }>(
        api.webhooks.$post({ json: { url, ...(kinds && { kinds: kinds as [EventKind] }) } }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
};

export const useWebhookDeed = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, webhookId }: { verb: 'enable' | 'remove'; webhookId: string }) => {
      const route = api.webhooks[':webhookId'];
      const param = { webhookId };
      return done(verb === 'enable' ? route.enable.$post({ param }) : route.$delete({ param }));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
};
