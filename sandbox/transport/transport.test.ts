import { createCipheriv, randomBytes } from 'node:crypto';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAbridgedFraming, createFullFraming, createIntermediateFraming } from './framing.ts';
import { attachTransport } from './transport.ts';

const packets = fc.array(
  fc
    .oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(126, 127, 5000))
    .map((words) => randomBytes(words * 4)),
  { minLength: 1, maxLength: 5 },
);

/** What a client sends: the bytes that announce the framing, then the framed packets. */
const clients = {
  full: (sent: Buffer[]) => framed(createFullFraming(), sent),
  abridged: (sent: Buffer[]) => Buffer.concat([Buffer.from([0xef]), framed(createAbridgedFraming(), sent)]),
  intermediate: (sent: Buffer[]) =>
    Buffer.concat([Buffer.alloc(4, 0xee), framed(createIntermediateFraming(false), sent)]),
  'padded intermediate': (sent: Buffer[]) =>
    Buffer.concat([Buffer.alloc(4, 0xdd), framed(createIntermediateFraming(true), sent)]),
  'obfuscated abridged': (sent: Buffer[]) => obfuscated(0xef, framed(createAbridgedFraming(), sent)),
  'obfuscated intermediate': (sent: Buffer[]) =>
    obfuscated(0xee, framed(createIntermediateFraming(false), sent)),
  'obfuscated padded intermediate': (sent: Buffer[]) =>
    obfuscated(0xdd, framed(createIntermediateFraming(true), sent)),
};

function framed(framing: { frame(packet: Buffer): Buffer }, sent: Buffer[]): Buffer {
  return Buffer.concat(sent.map((packet) => framing.frame(packet)));
}

function obfuscated(tag: number, stream: Buffer): Buffer {
  const header = randomBytes(64);
  header[0] = 1;
  const cipher = createCipheriv('aes-256-ctr', header.subarray(8, 40), header.subarray(40, 56));
  const tagged = Buffer.from(header);
  tagged.fill(tag, 56, 60);
  const encrypted = cipher.update(tagged);
  return Buffer.concat([header.subarray(0, 56), encrypted.subarray(56), cipher.update(stream)]);
}

function receive(stream: Buffer, cuts: number[]) {
  const socket = new Socket();
  const received: Buffer[] = [];
  const transport = attachTransport(socket, (packet) => received.push(Buffer.from(packet)));
  const ends = [...new Set(cuts.map((cut) => cut % stream.length)), stream.length].toSorted((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    if (end > start) socket.emit('data', stream.subarray(start, end));
    start = end;
  }
  return { received, name: transport.name(), socket };
}

test.each(Object.entries(clients))('%s packets arrive whole however the stream is cut', (name, toStream) => {
  fc.assert(
    fc.property(packets, fc.array(fc.nat(), { maxLength: 20 }), (sent, cuts) => {
      const result = receive(toStream(sent), [1, 3, 5, ...cuts]);
      expect(result.received.map((packet, index) => packet.indexOf(sent[index] ?? 'none'))).toEqual(
        sent.map(() => 0),
      );
      const mostPadding = name.includes('padded') ? 15 : 0;
      const padding = result.received.map((packet, index) => packet.length - (sent[index]?.length ?? 0));
      expect(Math.max(...padding)).toBeLessThanOrEqual(mostPadding);
      expect(result.name).toBe(name);
    }),
    { numRuns: 50 },
  );
});

test.each([
  [
    'a full packet with a wrong checksum',
    Buffer.concat([createFullFraming().frame(Buffer.alloc(8)).subarray(0, -1), Buffer.from([1])]),
  ],
  ['a packet that claims 2 GB', Buffer.from('eeeeeeeeffffff7f', 'hex')],
  ['an empty abridged packet', Buffer.from('ef00000000', 'hex')],
  ['an unknown transport', Buffer.alloc(64, 0x41)],
])('%s ends the connection', (_, stream) => {
  const { received, socket } = receive(stream, []);
  expect(received).toEqual([]);
  expect(socket.destroyed).toBe(true);
});
