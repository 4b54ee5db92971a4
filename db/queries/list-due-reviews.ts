import { sql } from 'drizzle-orm';
import {
  type AddressedAttempt,
  type AddressedRow,
  selectAddressedAttempts,
  toAddressedAttempts,
} from '../attempt-addresses.ts';
import { at } from '../command.ts';
import { inOneTrip, type QueryContext } from '../context.ts';

/** So many looks at a time, so that a backlog does not hold an account's lane. */
const atOnce = 5;

/** People whom the account has brought in a day ago and of whom it is to be seen whether they stayed; earliest first. */
export const listDueReviews = async (
  ctx: QueryContext,
  { accountId, now }: { accountId: string; now: Date },
): Promise<AddressedAttempt[]> => {
  const isDue = sql`a.account_id = ${accountId} and a.review_at <= ${at(now)} order by a.review_at limit ${atOnce}`;
  const [rows] = await inOneTrip(ctx.db, ctx.workspaceId, [selectAddressedAttempts(isDue)]);
  return toAddressedAttempts(rows as readonly AddressedRow[]);
};
