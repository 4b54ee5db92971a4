import { createHash, randomBytes } from 'node:crypto';
import { endSession } from '#db/commands/end-session.ts';
import { openSession } from '#db/commands/open-session.ts';
import type { CommandContext, Db } from '#db/context.ts';
import type { Page, PageWish } from '#db/queries/page.ts';
import {
  findOwnSession,
  findServerSession,
  isServerSessionOpen,
  listServerSessions,
  type SessionItem,
  type UsedSession,
} from '#db/server-sessions.ts';
import type { Device } from './device.ts';
import type { Launch } from './launch.ts';

export type OpenSession = UsedSession;

export type Sessions = {
  /** A fresh token for a launch, shown once and stored as a hash; undefined when the launch was exchanged before. */
  open(ctx: CommandContext, launch: Launch, device: Device): Promise<string | undefined>;
  /** The session behind a token; undefined when it has ended. Counts as a use. */
  use(token: string): Promise<OpenSession | undefined>;
  isOpen(session: { sessionId: string; workspaceId: string }): Promise<boolean>;
  /** The operator's own, and one of them. */
  list(operatorId: string, page: PageWish): Promise<Page<SessionItem>>;
  find(operatorId: string, sessionId: string): Promise<SessionItem | undefined>;
  /** Ends a session of the operator who asks, and everything in this process that follows it. */
  end(ctx: CommandContext, sessionId: string): Promise<void>;
  /** Calls back when the session is ended in this process; returns how to stop listening. */
  onEnd(sessionId: string, listener: () => void): () => void;
};

const TOKEN = /^[\w-]{43}$/;

/** Opaque server sessions: 15 minutes without use, 12 hours at most, measured on the real clock. */
export const createSessions = ({ db, realNow }: { db: Db; realNow: () => Date }): Sessions => {
  const listeners = new Map<string, Set<() => void>>();
  return {
    async open(ctx, { fingerprint, launchedAt }, device) {
      const token = randomBytes(32).toString('base64url');
      const opened = await openSession(ctx, {
        tokenHash: hashOf(token),
        launchHash: fingerprint,
        launchedAt,
        device,
        realNow: realNow(),
      });
      return opened && token;
    },
    async use(token) {
      if (!TOKEN.test(token)) return undefined;
      return findServerSession(db, { tokenHash: hashOf(token), now: realNow() });
    },
    isOpen: (session) => isServerSessionOpen(db, { ...session, now: realNow() }),
    list: (operatorId, page) => listServerSessions(db, { ...page, operatorId, now: realNow() }),
    find: (operatorId, sessionId) => findOwnSession(db, { operatorId, sessionId, now: realNow() }),
    async end(ctx, sessionId) {
      await endSession(ctx, { sessionId, realNow: realNow() });
      for (const listener of listeners.get(sessionId) ?? []) listener();
    },
    onEnd(sessionId, listener) {
      const own = listeners.get(sessionId) ?? new Set();
      listeners.set(sessionId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(sessionId);
      };
    },
  };
};

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
