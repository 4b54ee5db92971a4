import { createServer, type Server, type Socket } from 'node:net';
import { parseSchemaText } from '#sandbox/tl/definition.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { AuthKeyRecord } from './auth-key.ts';
import { Connection } from './connection.ts';
import type { AuthKey, Endpoint, MtprotoServer, MtprotoServerDeps } from './contract.ts';
import { type Core, forgetAuthKey, schemaFor } from './core.ts';
import { createMessageIds } from './message-ids.ts';
import { gzipPackedText } from './service-schema.ts';

export type {
  AuthKey,
  CallContext,
  CallRecord,
  ConnectionInfo,
  Endpoint,
  FaultAction,
  Handler,
  HandlerResult,
  MtprotoServer,
  MtprotoServerDeps,
  ServerHooks,
} from './contract.ts';

const host = '127.0.0.1';

/** Builds a server; it accepts connections once `listen` is called. */
export function createMtprotoServer(deps: MtprotoServerDeps): MtprotoServer {
  const closing = new AbortController();
  const listeners = new Set<Server>();
  const core = createCore(deps, closing.signal);

  function accept(socket: Socket, dcId: number): void {
    new Connection({ core, socket, dcId: Math.abs(dcId), isMedia: dcId < 0 });
  }

  return {
    on(method, handler) {
      if (core.handlers.has(method)) throw new Error(`${method} is served already`);
      if (!core.schemas.some((schema) => schema.hasMethod(method))) throw new Error(`no layer has ${method}`);
      core.handlers.set(method, handler);
    },
    async listen(dcId, port = 0): Promise<Endpoint> {
      const listener = createServer({ noDelay: true }, (socket) => accept(socket, dcId));
      listeners.add(listener);
      await new Promise<void>((resolve, reject) => {
        listener.once('error', reject);
        listener.listen(port, host, resolve);
      });
      const address = listener.address();
      if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
      return { dcId, host, port: address.port };
    },
    push(match, updates) {
      pushUpdates(core, match, updates);
    },
    forgetKey(match) {
      const doomed = [...core.keys.values()].filter(match);
      for (const auth of doomed) {
        forgetAuthKey(core, auth);
        for (const connection of [...auth.connections]) connection.drop();
      }
      return doomed.length;
    },
    keys: () => core.keys.values(),
    connections: () => [...core.connections].map((connection) => connection.info),
    async close() {
      closing.abort();
      const closed = [...core.connections].map((connection) => connection.closed);
      for (const connection of [...core.connections]) connection.drop();
      await Promise.all([...closed, ...[...listeners].map(closeListener)]);
    },
  };
}

function createCore(deps: MtprotoServerDeps, closing: AbortSignal): Core {
  for (const schema of deps.schemas) schema.define(...parseSchemaText(gzipPackedText));
  return {
    rsa: deps.rsa,
    hooks: deps.hooks,
    schemas: deps.schemas.toSorted((a, b) => a.layer - b.layer),
    handlers: new Map(),
    keys: new Map(),
    connections: new Set(),
    nextMessageId: createMessageIds(),
    gzipOverBytes: deps.gzipOverBytes ?? Number.POSITIVE_INFINITY,
    stripLeadingZeros: deps.stripLeadingZeros ?? true,
    closing,
    callCount: 0,
  };
}

function pushUpdates(core: Core, match: (auth: AuthKey) => boolean, updates: TlObject): void {
  const encoded = new Map<number, Buffer>();
  for (const auth of core.keys.values()) {
    if (!match(auth)) continue;
    for (const session of updatedSessions(auth)) {
      const schema = schemaFor(core, auth.layer);
      const body = encoded.get(schema.layer) ?? schema.encode(updates);
      encoded.set(schema.layer, body);
      session.sendContent(body, 'notice');
    }
  }
}

function updatedSessions(auth: AuthKeyRecord) {
  return [...auth.sessions.values()].filter((session) => session.wantsUpdates && session.connection.isOpen);
}

function closeListener(listener: Server): Promise<void> {
  return new Promise((resolve) => {
    listener.close(() => resolve());
  });
}
