import type { JobDefinition } from '../runtime/define-job.ts';
import { buildAudience } from './build-audience.ts';
import { checkCommunity } from './check-community.ts';
import { expirePeople } from './expire-people.ts';
import { logOutAccount } from './log-out-account.ts';
import { parsePages } from './parse-pages.ts';
import { readFile } from './read-file.ts';
import { readFreeze } from './read-freeze.ts';
import { reconcileAttempts } from './reconcile-attempts.ts';
import { refreshAccount } from './refresh-account.ts';
import { reviewJoins } from './review-joins.ts';
import { searchCommunities } from './search-communities.ts';
import { sendInvite } from './send-invite.ts';
import { signIn } from './sign-in.ts';
import { writeExport } from './write-export.ts';

/** Everything a worker can do. */
export const jobs: readonly JobDefinition[] = [
  sendInvite,
  reconcileAttempts,
  reviewJoins,
  readFreeze,
  refreshAccount,
  logOutAccount,
  checkCommunity,
  parsePages,
  searchCommunities,
  buildAudience,
  readFile,
  writeExport,
  expirePeople,
  signIn,
];
