import { expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { createLogger } from './logger.ts';

const token = `123456789:${'AbCdEf_-9'.repeat(4)}`;
const session = `1${'BQANOTEuMTA4LjU2LjE'.repeat(20)}=`;
const phone = '+49 170 1234567';
const apiToken = `usher_${'aB3_-'.repeat(8)}xyz`;
const webhookSecret = `whsec_${'aB3+/'.repeat(8)}xyz=`;

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ part: 'test', level: 'debug', write: (line) => lines.push(line) }));
  return lines.join('');
}

const sessionToken = 'aB3_-'.repeat(9).slice(2);
const invitation = `i_${'aB3_-'.repeat(7).slice(3)}`;
const key = `${'aB3+/'.repeat(8)}xyz=`;
const launchHash = '0f'.repeat(32);

it.each([
  ['in the message', (secret: string) => logged((log) => log.info(`it is ${secret}, they say`))],
  ['in a field of any name', (secret: string) => logged((log) => log.info({ note: secret }, 'x'))],
  ['deep in an object', (secret: string) => logged((log) => log.info({ a: { b: { c: [secret] } } }, 'x'))],
  ['in an error', (secret: string) => logged((log) => log.error(new Error(`refused ${secret}`)))],
  ['in a named field', (secret: string) => logged((log) => log.info({ account: { session: secret } }, 'x'))],
  ['as a Secret', (secret: string) => logged((log) => log.info({ value: new Secret(secret) }, 'x'))],
])('never writes a token, a session or a phone %s', (_, write) => {
  for (const secret of [token, session, phone, apiToken, webhookSecret, sessionToken, key, launchHash]) {
    const line = write(secret);
    expect(line).not.toContain(secret);
    expect(line).toContain('[secret]');
    expect(() => JSON.parse(line)).not.toThrow();
  }
});

it('hides the token in a link that invites, and leaves the words around it', () => {
  const line = logged((log) => log.info(`https://t.me/usher_bot?start=${invitation}`));
  expect(line).not.toContain(invitation.slice(2));
  expect(line).toContain('start=i_[secret]');
});

it('hides short secrets by the name of their field', () => {
  const line = logged((log) => log.info({ code: '12345', body: { password: 'hunter2' } }, 'signing in'));
  expect(line).not.toMatch(/12345|hunter2/);
});

it('hides the password of a database address', () => {
  const line = logged((log) => log.error(new Error('cannot reach postgres://usher:hunter2@db:5432/usher')));
  expect(line).not.toContain('hunter2');
  expect(line).toContain('@db:5432/usher');
});

it('leaves ids, times and plain words readable', () => {
  const fields = {
    accountId: '7f3f4e52-1b7e-4a0f-9a53-0d0c6d1f2a11',
    chat: '-1001234567890',
    at: '2026-01-01T10:00:00Z',
  };
  const line = logged((log) => log.info(fields, 'campaign finished'));
  expect(JSON.parse(line)).toMatchObject({
    ...fields,
    msg: 'campaign finished',
    level: 'info',
    part: 'test',
  });
});
