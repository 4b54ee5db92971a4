import type { Socket } from 'node:net';
import { type Detected, detectFraming } from './detect.ts';

/** The packets of one TCP connection, whatever framing the client chose. */
export type Transport = {
  /** Such as `full` or `obfuscated abridged`; undefined before the client's first bytes. */
  name(): string | undefined;
  send(packet: Buffer): void;
  /** A transport-level error, such as -404 for an unknown auth key. */
  sendError(code: number): void;
};

/**
 * Reads packets off a socket. `onPacket` gets each one whole, in order. A client that breaks the framing, or a
 * throwing `onPacket`, loses its connection.
 */
export function attachTransport(socket: Socket, onPacket: (packet: Buffer) => void): Transport {
  let waiting: Buffer = Buffer.alloc(0);
  let detected: Detected | undefined;

  function receive(arrived: Buffer): void {
    const bytes = detected?.obfuscation ? detected.obfuscation.decrypt(arrived) : arrived;
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    if (!detected) {
      detected = detectFraming(waiting);
      if (!detected) return;
      const rest = waiting.subarray(detected.takenBytes);
      waiting = detected.obfuscation ? detected.obfuscation.decrypt(rest) : rest;
    }
    for (let next = detected.framing.unframe(waiting); next; next = detected.framing.unframe(waiting)) {
      waiting = waiting.subarray(next.takenBytes);
      onPacket(next.packet);
      if (socket.destroyed) return;
    }
  }

  socket.setNoDelay(true);
  socket.on('data', (arrived) => {
    try {
      receive(arrived);
    } catch {
      socket.destroy();
    }
  });

  function send(packet: Buffer): void {
    if (!detected || !socket.writable) return;
    const framed = detected.framing.frame(packet);
    socket.write(detected.obfuscation ? detected.obfuscation.encrypt(framed) : framed);
  }

  return {
    name: () => detected && `${detected.obfuscation ? 'obfuscated ' : ''}${detected.framing.name}`,
    send,
    sendError(code) {
      const packet = Buffer.alloc(4);
      packet.writeInt32LE(code);
      send(packet);
    },
  };
}
