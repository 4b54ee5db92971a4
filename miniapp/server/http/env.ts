import type { OpenSession } from '../auth/sessions.ts';
import type { OpenPage } from '../connect/ticket.ts';

/** What handlers find on the context. `session` stands behind `requireSession` only, `page` behind `requirePage`. */
export type ServerEnv = { Variables: { requestId: string; session: OpenSession; page: OpenPage } };
