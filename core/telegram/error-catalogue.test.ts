import { describe, expect, it } from 'vitest';
import { REFUSAL_CODES } from '../refusals.ts';
import { CATALOGUED_ERRORS, classify, refusalOf } from './error-catalogue.ts';

describe('the error catalogue', () => {
  it('holds Telegram’s own names without their numbers', () => {
    for (const name of CATALOGUED_ERRORS) expect(name).toMatch(/^[A-Z0-9_]+[A-Z]$|^[a-z_]+$/);
  });

  it('names a source for every meaning and only refusals that exist', () => {
    for (const name of CATALOGUED_ERRORS) {
      const entry = classify({ kind: 'rpc', error: name });
      expect(entry.source).not.toBe('');
      if (entry.refusal) expect(REFUSAL_CODES).toContain(entry.refusal);
    }
  });

  it('goes by name, so that a frozen account is not taken for a flood', () => {
    expect(classify({ kind: 'rpc', error: 'FROZEN_METHOD_INVALID' }).reaction.kind).toBe('freeze');
  });

  it('believes no name that came without an answer', () => {
    expect(classify({ kind: 'timeout', error: 'USER_PRIVACY_RESTRICTED' }).reaction.kind).toBe('unknown');
  });

  it('tells a person what their request met', () => {
    expect(refusalOf({ kind: 'rpc', error: 'PHONE_CODE_INVALID' }, 'account.sign_in_failed')).toBe(
      'account.code_wrong',
    );
    expect(refusalOf({ kind: 'rpc', error: 'NEVER_SEEN' }, 'account.sign_in_failed')).toBe(
      'account.sign_in_failed',
    );
  });
});
