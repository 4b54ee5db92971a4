import type { OpenSession } from '../auth/sessions.ts';

/** What handlers find on the context. `session` stands behind `requireSession` only. */
export type ServerEnv = { Variables: { requestId: string; session: OpenSession } };
