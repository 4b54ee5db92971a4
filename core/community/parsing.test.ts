import { describe, expect, it } from 'vitest';
import { judgeParse, type ParseFacts } from './parsing.ts';

const group: ParseFacts = { kind: 'supergroup', membersHidden: false, isAdmin: false, recentComments: null };
const channel: ParseFacts = { kind: 'channel', membersHidden: true, isAdmin: false, recentComments: 40 };

const codeOf = (...args: Parameters<typeof judgeParse>) => {
  const verdict = judgeParse(...args);
  return verdict.ok ? 'allowed' : verdict.refusal.code;
};

describe('parsing', () => {
  it('collects the members of groups', () => {
    expect(codeOf(group, 'members')).toBe('allowed');
    expect(codeOf({ ...group, kind: 'group' }, 'members')).toBe('allowed');
  });

  it('is refused where members are hidden, except to administrators', () => {
    expect(codeOf({ ...group, membersHidden: true }, 'members')).toBe('community.members_hidden');
    expect(codeOf({ ...group, membersHidden: true, isAdmin: true }, 'members')).toBe('allowed');
  });

  it('collects the commenters of channels with comments', () => {
    expect(codeOf(channel, 'commenters')).toBe('allowed');
    expect(codeOf({ ...channel, recentComments: 0 }, 'commenters')).toBe('community.no_comments');
    expect(codeOf({ ...channel, recentComments: null }, 'commenters')).toBe('community.no_comments');
  });

  it('takes neither the members of channels nor the commenters of groups', () => {
    expect(codeOf({ ...channel, membersHidden: false }, 'members')).toBe('community.not_parsable');
    expect(codeOf(group, 'commenters')).toBe('community.not_parsable');
  });
});
