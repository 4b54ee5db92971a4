import { describe, expect, it } from 'vitest';
import { ACCOUNT_STATUSES, type AccountStatus } from '../statuses.ts';
import { decideAsking, decideDisabling, decideEnabling, newLogins } from './life.ts';
import type { Standing } from './standing.ts';

const now = new Date('2026-03-02T12:00:00Z');
const later = new Date('2026-03-02T13:00:00Z');
const standing = (status: AccountStatus, more: Partial<Standing> = {}): Standing => ({
  ...{ status, statusError: null, recoversAt: null, waitError: null, wantsPerson: false },
  ...more,
});
const answer = (verdict: ReturnType<typeof decideDisabling> | ReturnType<typeof decideAsking>) =>
  verdict.ok ? 'ok' : verdict.refusal.code;

describe('the life of an account', () => {
  it.each([
    ['active', 'ok', 'account.not_disabled', 'ok'],
    ['cooling', 'ok', 'account.not_disabled', 'ok'],
    ['blocked', 'ok', 'account.not_disabled', 'ok'],
    ['frozen', 'account.not_at_work', 'account.not_disabled', 'ok'],
    ['signed_out', 'account.not_at_work', 'account.not_disabled', 'account.not_signed_in'],
    ['banned', 'account.not_at_work', 'account.not_disabled', 'account.not_signed_in'],
    ['disabled', 'account.already_disabled', 'ok', 'ok'],
  ] as const)(
    '%s: disabling is %s, enabling %s, asking Telegram %s',
    (status, disabling, enabling, asking) => {
      expect(ACCOUNT_STATUSES).toContain(status);
      expect(answer(decideDisabling(standing(status)))).toBe(disabling);
      expect(answer(decideEnabling(standing(status), now))).toBe(enabling);
      expect(answer(decideAsking(standing(status)))).toBe(asking);
    },
  );

  it('disabling and enabling shorten no wait that Telegram asked for', () => {
    const waiting = standing('cooling', {
      recoversAt: later,
      waitError: 'FLOOD_WAIT',
      statusError: 'FLOOD_WAIT',
    });
    const disabled = decideDisabling(waiting);
    const enabled = disabled.ok ? decideEnabling(disabled.value, now) : disabled;
    expect(enabled).toEqual({ ok: true, value: waiting });
    const after = disabled.ok ? decideEnabling(disabled.value, new Date(later.getTime() + 1)) : disabled;
    expect(after).toMatchObject({ ok: true, value: { status: 'active', recoversAt: null } });
  });

  it('tells a login only when it is new, somebody else’s and later than the sign-in here', () => {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
    const own = { hash: '0', isCurrent: true, createdAt: at(0) };
    const before = { hash: '1', isCurrent: false, createdAt: at(-60) };
    const known = { hash: '2', isCurrent: false, createdAt: at(5) };
    const fresh = { hash: '3', isCurrent: false, createdAt: at(5) };
    expect(newLogins([own, before, known, fresh], new Set(['2']), now)).toEqual([fresh]);
  });
});
