import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openMessage, sealMessage } from './message-cipher.ts';

const authKey = randomBytes(256);
const keyId = randomBytes(8);
const side = fc.constantFrom('client' as const, 'server' as const);

test('a sealed message opens to what was sealed, with at least 12 bytes of padding, on whole blocks', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), side, (array, from) => {
      const plain = Buffer.from(array);
      const packet = sealMessage(keyId, authKey, plain, from);
      expect(packet.subarray(0, 8)).toEqual(keyId);
      expect((packet.length - 24) % 16).toBe(0);
      const opened = openMessage(authKey, packet, from);
      expect(opened?.subarray(0, plain.length)).toEqual(plain);
      expect((opened?.length ?? 0) - plain.length).toBeGreaterThanOrEqual(12);
    }),
  );
});

test('a changed byte, another key or the other direction does not open', () => {
  fc.assert(
    fc.property(fc.nat(), side, (position, from) => {
      const packet = sealMessage(keyId, authKey, Buffer.from('hello'), from);
      expect(openMessage(authKey, packet, from === 'client' ? 'server' : 'client')).toBeUndefined();
      expect(openMessage(randomBytes(256), packet, from)).toBeUndefined();
      const index = 8 + (position % (packet.length - 8));
      packet[index] = (packet[index] ?? 0) ^ 1;
      expect(openMessage(authKey, packet, from)).toBeUndefined();
    }),
  );
});
