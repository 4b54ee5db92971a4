import { describe, expect, it } from 'vitest';
import type { Answer, SessionEnd, UserSession } from '#core/telegram/user-session.ts';
import { deferred } from '../testing/deferred.ts';
import { createSessions } from './sessions.ts';

const owner = { workspaceId: 'w', accountId: 'a' };

/** Counts open connections the way Telegram would. */
function setUp({ fails = 0 } = {}) {
  let opened = 0;
  let open = 0;
  let most = 0;
  let failing = fails;
  const ends: ((end: SessionEnd) => void)[] = [];
  const closed = deferred();
  const ended: SessionEnd[] = [];
  const sessions = createSessions(
    async (_owner, onEnd): Promise<Answer<UserSession>> => {
      if (failing > 0) {
        failing -= 1;
        return { ok: false, failure: { kind: 'disconnected', error: 'DISCONNECTED' } };
      }
      opened += 1;
      open += 1;
      most = Math.max(most, open);
      ends.push((end) => {
        open -= 1;
        onEnd(end);
      });
      const close = async () => {
        await closed.promise;
        open -= 1;
      };
      return { ok: true, value: { close } as UserSession };
    },
    (_accountId, end) => ended.push(end),
  );
  return { sessions, ends, ended, letClose: closed.resolve, counts: () => ({ opened, open, most }) };
}

describe('the sessions of a process', () => {
  it('connect an account once, however many ask at once', async () => {
    const { sessions, counts } = setUp();
    await Promise.all([sessions.use(owner), sessions.use(owner), sessions.use(owner)]);
    expect(counts()).toEqual({ opened: 1, open: 1, most: 1 });
  });

  it('never overlap: a use during the close waits until the old socket is gone', async () => {
    const { sessions, counts, letClose } = setUp();
    await sessions.use(owner);
    const closing = sessions.close('a');
    const again = sessions.use(owner);
    letClose();
    await closing;
    await again;
    expect(counts()).toEqual({ opened: 2, open: 1, most: 1 });
  });

  it('connect anew after one has ended by itself', async () => {
    const { sessions, counts, ends, ended } = setUp();
    await sessions.use(owner);
    ends[0]?.({ because: 'broken', error: 'CONNECTION_LOST' });
    expect(sessions.lastUsedAt('a')).toBeUndefined();
    await sessions.use(owner);
    expect(counts()).toEqual({ opened: 2, open: 1, most: 1 });
    expect(ended).toHaveLength(1);
  });

  it('try again after a connect that failed', async () => {
    const { sessions, counts } = setUp({ fails: 1 });
    expect((await sessions.use(owner)).ok).toBe(false);
    expect((await sessions.use(owner)).ok).toBe(true);
    expect(counts().opened).toBe(1);
  });

  it('close one that is still connecting', async () => {
    const { sessions, counts, letClose } = setUp();
    letClose();
    const connecting = sessions.use(owner);
    await sessions.close('a');
    await connecting;
    expect(counts().open).toBe(0);
  });
});
