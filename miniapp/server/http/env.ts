import type { Once } from '#db/once.ts';
import type { Caller } from '../auth/callers.ts';
import type { OpenSession } from '../auth/sessions.ts';
import type { OpenPage } from '../connect/ticket.ts';

/**
 * What handlers find on the context. `caller` stands behind `requireCaller`; `session` only where that lets nobody in
 * but people; `page` behind `requirePage`.
 */
export type ServerEnv = {
  Variables: {
    requestId: string;
    caller: Caller;
    session: OpenSession;
    once: Once | undefined;
    page: OpenPage;
  };
};
