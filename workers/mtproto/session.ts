import type { Secret } from '#core/secret.ts';
import type { Answer, UserSession } from '#core/telegram/user-session.ts';
import { commentCalls } from './comments.ts';
import { communityCalls } from './communities.ts';
import { communityListCalls } from './community-lists.ts';
import type { TelegramConfig } from './config.ts';
import { freezeCalls } from './freeze.ts';
import { inviteCalls } from './invites.ts';
import { type LinkWatch, openLink } from './link.ts';
import { memberCalls } from './members.ts';
import { messageCalls } from './messages.ts';
import { ownAccountCalls } from './own-account.ts';
import { peopleCalls } from './people.ts';

export type ConnectUserSession = (session: Secret, watch: LinkWatch) => Promise<Answer<UserSession>>;

/**
 * The `telegram` adapter of the MTProto port: connects one account within the deadline. A session never connects
 * a second time: when it has ended, connect another. `now` is business time.
 */
export const connectUserSession =
  (config: TelegramConfig, now: () => Date): ConnectUserSession =>
  async (session, watch) => {
    const link = await openLink(config, { session: session.reveal() }, watch);
    if (!link.ok) return link;
    const { call, close } = link.value;
    return {
      ok: true,
      value: {
        ...communityCalls(call),
        ...communityListCalls(call),
        ...peopleCalls(call, now),
        ...memberCalls(call, now),
        ...messageCalls(call, now),
        ...commentCalls(call, now),
        ...inviteCalls(call),
        ...freezeCalls(call),
        ...ownAccountCalls(call),
        close,
      },
    };
  };
