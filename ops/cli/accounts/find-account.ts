import { z } from 'zod';
import type { QueryContext } from '#db/context.ts';
import { type AccountItem, listAccounts } from '#db/queries/list-accounts.ts';
import { UsageError } from '../command.ts';

/** The word by which a person names an account. */
export const accountWord = z.tuple([z.string().min(1)]);

export const nameOf = ({ username, firstName }: AccountItem): string =>
  username ? `@${username}` : firstName;

/** Throws UsageError when there is no such account, or several. */
export async function findAccount(ctx: QueryContext, name: string): Promise<AccountItem> {
  const accounts = await listAccounts(ctx);
  const found = accounts.filter((account) => name === nameOf(account) || name === account.username);
  const [account] = found;
  if (!account) throw new UsageError(`there is no account called ${name}; usher accounts list names them`);
  if (found.length > 1) throw new UsageError(`several accounts are called ${name}; give one a username`);
  return account;
}
