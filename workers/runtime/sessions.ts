import type { Answer, SessionEnd, UserSession } from '#core/telegram/user-session.ts';

export type AccountOwner = { workspaceId: string; accountId: string };

/** Connects an account once; `onEnd` is called when the session ends by itself. */
export type OpenAccount = (
  owner: AccountOwner,
  onEnd: (end: SessionEnd) => void,
) => Promise<Answer<UserSession>>;

/** The sessions this process holds: at most one of each account, from its first call until it is closed or ends. */
export type Sessions = {
  /** Connects on first use. A failed connect leaves nothing behind: the next use tries again. */
  use(owner: AccountOwner): Promise<Answer<UserSession>>;
  /** Resolves when the socket is closed; a use that comes meanwhile waits for that. */
  close(accountId: string): Promise<void>;
  /** Accounts that have a session, or are about to. */
  open(): string[];
  /** Monotonic milliseconds of the last use; undefined when there is no session. */
  lastUsedAt(accountId: string): number | undefined;
};

type Entry = { session: Promise<Answer<UserSession>>; usedAt: number };

export function createSessions(
  connectAccount: OpenAccount,
  onEnd: (accountId: string, end: SessionEnd) => void,
): Sessions {
  const entries = new Map<string, Entry>();
  const closing = new Map<string, Promise<void>>();

  function start(owner: AccountOwner): Entry {
    const { accountId } = owner;
    const forget = () => {
      if (entries.get(accountId) === entry) entries.delete(accountId);
    };
    const connect = async (): Promise<Answer<UserSession>> => {
      await closing.get(accountId);
      const answer = await connectAccount(owner, (end) => {
        forget();
        onEnd(accountId, end);
      });
      if (!answer.ok) forget();
      return answer;
    };
    const entry: Entry = { session: connect(), usedAt: performance.now() };
    entry.session.catch(forget);
    return entry;
  }

  async function finish(entry: Entry): Promise<void> {
    const answer = await entry.session.catch(() => undefined);
    if (answer?.ok) await answer.value.close();
  }

  return {
    use(owner) {
      const entry = entries.get(owner.accountId) ?? start(owner);
      entries.set(owner.accountId, entry);
      entry.usedAt = performance.now();
      return entry.session;
    },
    async close(accountId) {
      const entry = entries.get(accountId);
      if (!entry) return closing.get(accountId);
      entries.delete(accountId);
      const closed = finish(entry).finally(() => {
        if (closing.get(accountId) === closed) closing.delete(accountId);
      });
      closing.set(accountId, closed);
      return closed;
    },
    open: () => [...entries.keys()],
    lastUsedAt: (accountId) => entries.get(accountId)?.usedAt,
  };
}
