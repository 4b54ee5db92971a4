import { expect, it } from 'vitest';
import { claimMessage, invitationLink, readStartPayload } from './deep-links.ts';

const payloadOf = (text: string) => text.split(/\?start=|\/start /)[1] ?? '';

it('reads back what its links say', () => {
  const link = invitationLink('usher_bot', 'a-B_9');
  expect(link).toBe('https://t.me/usher_bot?start=i_a-B_9');
  expect(readStartPayload(payloadOf(link))).toEqual({ kind: 'invitation', token: 'a-B_9' });
  expect(readStartPayload(payloadOf(claimMessage('x1')))).toEqual({ kind: 'claim', code: 'x1' });
});

it.each(['', 'i_', 'claim_', 'hello', 'i_a b', 'x_token', `i_${'a'.repeat(65)}`])(
  'takes "%s" for nothing',
  (text) => {
    expect(readStartPayload(text)).toBeUndefined();
  },
);
