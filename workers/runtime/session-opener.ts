import type { Secret } from '#core/secret.ts';
import type { KeySource, KeysAway } from '#core/session-keys.ts';
import type { Answer } from '#core/telegram/user-session.ts';
import type { Db } from '#db/context.ts';
import { findSealedSession } from '#db/queries/find-sealed-session.ts';
import { KeyMissing, openSession, SealBroken, type SessionOwner } from '#db/seal.ts';
import { keysOf } from '#db/session-keys.ts';

/** How long an account rests whose key is missing, before it is looked for again. */
const LOOK_AGAIN_SECONDS = 540;

/**
 * Opens an account's sealed session, or answers why not: the keys are away (the work waits and tries again), this one's
 * key is missing, or the seal is broken. Nothing is ever overwritten. `onChange` hears when the keys go and come back.
 */
export function createSessionOpener(
  db: Db,
  keys: KeySource,
  onChange: (away: KeysAway | undefined) => Promise<void>,
): (owner: SessionOwner) => Promise<Answer<Secret>> {
  let away: KeysAway | undefined;

  async function notice(now: KeysAway | undefined): Promise<void> {
    if (now === away) return;
    away = now;
    await onChange(now);
  }

  return async (owner) => {
    const sealed = await findSealedSession({ db, workspaceId: owner.workspaceId }, owner.accountId);
    if (!sealed) throw new Error('the account has no session');
    try {
      const answer = await keysOf(keys, sealed);
      await notice(answer.ok ? undefined : answer.because);
      if (!answer.ok) return { ok: false, failure: { kind: 'disconnected', error: 'KEYS_AWAY' } };
      return { ok: true, value: openSession(answer.keys, owner, sealed) };
    } catch (error) {
      if (error instanceof KeyMissing) {
        return {
          ok: false,
          failure: { kind: 'session', error: 'KEY_MISSING', argument: LOOK_AGAIN_SECONDS },
        };
      }
      if (error instanceof SealBroken)
        return { ok: false, failure: { kind: 'session', error: 'SEAL_BROKEN' } };
      throw error;
    }
  };
}
