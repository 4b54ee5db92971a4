import { createHash, randomBytes } from 'node:crypto';
import type { Db } from '#db/context.ts';
import {
  endServerSession,
  findServerSession,
  isServerSessionOpen,
  openServerSession,
  type UsedSession,
} from '#db/server-sessions.ts';

export type OpenSession = UsedSession;

export type Sessions = {
  /** A fresh token for a launch, shown once and stored as a hash; undefined when the launch was exchanged before. */
  open(person: {
    operatorId: string;
    workspaceId: string;
    launchFingerprint: Buffer;
  }): Promise<string | undefined>;
  /** The session behind a token; undefined when it has ended. Counts as a use. */
  use(token: string): Promise<OpenSession | undefined>;
  isOpen(sessionId: string): Promise<boolean>;
  /** Ends the session and everything in this process that follows it. */
  end(sessionId: string): Promise<void>;
  /** Calls back when the session is ended in this process; returns how to stop listening. */
  onEnd(sessionId: string, listener: () => void): () => void;
};

const TOKEN = /^[\w-]{43}$/;

/** Opaque server sessions: 15 minutes without use, 12 hours at most, measured on the real clock. */
export const createSessions = ({ db, realNow }: { db: Db; realNow: () => Date }): Sessions => {
  const listeners = new Map<string, Set<() => void>>();
  return {
    async open({ operatorId, workspaceId, launchFingerprint }) {
      const token = randomBytes(32).toString('base64url');
      const opened = await openServerSession(db, {
        operatorId,
        workspaceId,
        tokenHash: hashOf(token),
        launchHash: launchFingerprint,
        now: realNow(),
      });
      return opened && token;
    },
    async use(token) {
      if (!TOKEN.test(token)) return undefined;
      return findServerSession(db, { tokenHash: hashOf(token), now: realNow() });
    },
    isOpen: (sessionId) => isServerSessionOpen(db, { sessionId, now: realNow() }),
    async end(sessionId) {
      await endServerSession(db, { sessionId, now: realNow() });
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
