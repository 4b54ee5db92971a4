import type { Secret } from '#core/secret.ts';
import type { Answer, SessionEnd, UserSession } from '#core/telegram/user-session.ts';
import { commentCalls } from './comments.ts';
import { communityCalls } from './communities.ts';
import type { TelegramConfig } from './config.ts';
import { inviteCalls } from './invites.ts';
import { openLink } from './link.ts';
import { memberCalls } from './members.ts';
import { peopleCalls } from './people.ts';

export type ConnectUserSession = (
  session: Secret,
  onEnd: (end: SessionEnd) => void,
) => Promise<Answer<UserSession>>;

/**
 * The `telegram` adapter of the MTProto port: connects one account within the deadline. `onEnd` is called once when
 * the session ends by itself; a session never connects a second time. `now` is business time.
 */
export const connectUserSession =
  (config: TelegramConfig, now: () => Date): ConnectUserSession =>
  async (session, onEnd) => {
    const link = await openLink(config, { session: session.reveal() }, onEnd);
    if (!link.ok) return link;
    const { call, close } = link.value;
    return {
      ok: true,
      value: {
        ...communityCalls(call),
        ...peopleCalls(call, now),
        ...memberCalls(call, now),
        ...commentCalls(call, now),
        ...inviteCalls(call),
        close,
      },
    };
  };
