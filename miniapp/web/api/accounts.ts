import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountLogPage, AccountPage, AuthorizationsAnswer } from '#miniapp/contract/accounts.ts';
import { keys } from './campaigns.ts';
import { api, done, unwrap } from './client.ts';
import { REFRESH_MS, readAll, useList } from './pages.ts';
import { setServerTime } from './server-clock.ts';

const route = api.accounts[':accountId'];

export const useAccounts = () => useList<AccountPage>(keys.account, '/accounts');

/** The accounts by name, when somebody wants them. */
export const useAccountNames = (isWanted: boolean) =>
  useQuery({
    queryKey: [...keys.account, 'names'],
    enabled: isWanted,
    queryFn: () => readAll<AccountPage>('/accounts'),
  });

export const useAccount = (accountId: string) =>
  useQuery({
    queryKey: [...keys.account, accountId],
    queryFn: async () => {
      const answer = await unwrap(route.$get({ param: { accountId } }));
      setServerTime(answer);
      return answer.account;
    },
    refetchInterval: REFRESH_MS,
  });

/** Only admins may ask. */
export const useAccountHistory = (accountId: string) =>
  useQuery({
    queryKey: [...keys.account, accountId, 'history'],
    queryFn: () => unwrap(route.history.$get({ param: { accountId } })),
    refetchInterval: REFRESH_MS,
  });

/** What was done with the account; only admins may ask. */
export const useAccountLog = (accountId: string) =>
  useList<AccountLogPage>(keys.account, `/accounts/${accountId}/log`);

/** The sessions of the account at Telegram. */
export const useAuthorizations = (accountId: string) =>
  useList<AuthorizationsAnswer>(keys.account, `/accounts/${accountId}/sessions`);

export type AccountDeed =
  | { verb: 'refresh' | 'disable' | 'enable' | 'log-out' | 'remove' }
  | { verb: 'resume'; reason: string }
  | { verb: 'rights'; reference: string }
  | { verb: 'end'; hash: string };

/** Does something with an account, and shows what the server makes of it, also when it refuses. */
export const useAccountDeed = (accountId: string) => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (deed: AccountDeed) => done(send(accountId, deed)),
    // A removed account is not asked for any more: whoever removed it leaves its page.
    onSettled: (_, error, deed) =>
      deed.verb === 'remove' && !error ? undefined : cache.invalidateQueries({ queryKey: keys.account }),
  });
};

const send = (accountId: string, deed: AccountDeed) => {
  const param = { accountId };
  switch (deed.verb) {
    case 'remove':
      return route.$delete({ param });
    case 'end':
      return route.sessions[':hash'].$delete({ param: { ...param, hash: deed.hash } });
    case 'resume':
      return route.resume.$post({ param, json: { reason: deed.reason } });
    case 'rights':
      return route.rights.$post({ param, json: { reference: deed.reference } });
    default:
      return route[deed.verb].$post({ param });
  }
};

/** Makes a link to the page that connects accounts; the answer is the only place it ever stands. */
export const useConnectLink = () =>
  useMutation({
    mutationFn: async () => {
      const { path, goodForMs } = await unwrap(api['connect-links'].$post());
      return { link: new URL(path, location.origin).href, goodForMs };
    },
  });
