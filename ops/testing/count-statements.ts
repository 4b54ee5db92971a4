import { connect, createServer, type Socket } from 'node:net';

/** How a Postgres server was asked: `statements` counts every execution, `begin` and `commit` too; `trips` the waits. */
export type Traffic = { statements: number; trips: number };

export type CountedServer = { url: string; reset(): void; traffic(): Traffic; close(): Promise<void> };

const EXECUTE = 0x45;
const SIMPLE_QUERY = 0x51;
const SYNC = 0x53;
/** A type byte and a length that counts itself. */
const HEADER = 5;

/** A door to the Postgres server of `url` that counts what passes, whatever client speaks through it. */
export async function countStatements(url: string): Promise<CountedServer> {
  const target = new URL(url);
  let traffic: Traffic = { statements: 0, trips: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port || 5432) });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    const read = messageReader((type) => {
      if (type === EXECUTE || type === SIMPLE_QUERY) traffic.statements += 1;
      if (type === SYNC || type === SIMPLE_QUERY) traffic.trips += 1;
    });
    client.on('data', read);
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the door has no port');
  const door = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(address.port) });
  return {
    url: door.href,
    reset() {
      traffic = { statements: 0, trips: 0 };
    },
    traffic: () => traffic,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Follows a client's messages across packets. The first has no type: it opens the connection. */
function messageReader(onMessage: (type: number) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let isOpening = true;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER) {
      const length = isOpening ? rest.readUInt32BE(0) : rest.readUInt32BE(1) + 1;
      if (rest.length < length) return;
      if (!isOpening) onMessage(rest[0] ?? 0);
      isOpening = false;
      rest = rest.subarray(length);
    }
  };
}
