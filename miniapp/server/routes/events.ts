import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { liveEventSchema } from '#miniapp/contract/live-event.ts';
import { SESSION_ENDED, STREAM_READY } from '#miniapp/contract/stream.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { ServerProblem } from '../http/problems.ts';

/**
 * The workspace's events as they are published. Resumes behind `Last-Event-ID`; without one it begins with what happens
 * next, and says at once from where. A comment every `heartbeatMs` keeps the line open. Ends with the session.
 */
export const eventRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>().get(
    '/',
    door(deps, {
      summary: 'Events as they happen (server-sent)',
      role: 'viewer',
      isForPeople: true,
      answers: liveEventSchema,
    }),
    (c) => {
      const { sessionId, workspaceId, operatorId } = c.get('session');
      const after = readPosition(c.req.header('last-event-id')) ?? deps.hub.head;
      c.header('x-accel-buffering', 'no');
      return streamSSE(c, async (stream) => {
        const ending = new AbortController();
        let hasSessionEnded = false;
        const endSession = () => {
          hasSessionEnded = true;
          ending.abort();
        };
        stream.onAbort(() => ending.abort());
        const stopListening = deps.sessions.onEnd(sessionId, endSession);
        const check = () =>
          deps.sessions
            .isOpen({ sessionId, workspaceId })
            .then((isOpen) => isOpen || endSession())
            .catch((err: unknown) => deps.log.warn({ err }, 'a session could not be checked'));
        const heartbeat = setInterval(() => {
          void stream.write(': \n\n');
          void check();
        }, deps.heartbeatMs);
        try {
          await stream.write(`id: ${after}\nevent: ${STREAM_READY}\ndata: {}\n\n`);
          for await (const frame of deps.hub.follow({ workspaceId, after, signal: ending.signal })) {
            // Ended elsewhere: by another process, from another session, or with the membership.
            if (frame.concerns === sessionId || frame.concerns === operatorId) await check();
            if (hasSessionEnded) break;
            await stream.write(frame.text);
          }
          if (hasSessionEnded) await stream.write(`event: ${SESSION_ENDED}\ndata: {}\n\n`);
        } finally {
          clearInterval(heartbeat);
          stopListening();
        }
      });
    },
  );

const readPosition = (header: string | undefined): number | undefined => {
  if (header === undefined) return undefined;
  if (!/^\d{1,15}$/.test(header)) throw new ServerProblem('invalid_input', { fields: ['Last-Event-ID'] });
  return Number(header);
};
