import { lookup } from 'node:dns/promises';
import { isPublicAddress } from '#core/webhook/address.ts';
import { ServerProblem } from './http/problems.ts';

/** The addresses behind a host's name; none when there is no such host. */
export type ResolveHost = (host: string) => Promise<string[]>;

export const resolveHost: ResolveHost = async (host) => {
  const found = await lookup(host, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
};

/**
 * The address of a webhook in its normal form. Refuses what is no plain web address, a host nobody knows, and one of
 * which any address is not on the open internet. Whoever delivers looks again, because names move.
 */
export const judgeWebhookAddress = async (text: string, resolve: ResolveHost): Promise<string> => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new ServerProblem('webhook.address_malformed', { fields: ['url'] });
  }
  const addresses = await resolve(url.hostname.replace(/^\[|\]$/g, ''));
  if (addresses.length === 0) throw new ServerProblem('webhook.address_unknown', { fields: ['url'] });
  if (!addresses.every(isPublicAddress))
    throw new ServerProblem('webhook.address_private', { fields: ['url'] });
  return url.href;
};
