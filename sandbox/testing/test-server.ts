import { createRsaKey } from '#sandbox/crypto/rsa.ts';
import {
  type CallRecord,
  createMtprotoServer,
  type Endpoint,
  type FaultAction,
  type MtprotoServer,
  type MtprotoServerDeps,
} from '#sandbox/mtproto/server.ts';
import { mtcuteSchema, telegramSchema } from '#sandbox/tl/layers.ts';
import { flag, list, str } from '#sandbox/tl/read.ts';
import { configAnswer } from './config-answer.ts';

const rsa = createRsaKey();

/** A server of two data centres and a few methods, with all that its hooks reported. */
export type TestServer = {
  server: MtprotoServer;
  rsa: typeof rsa;
  endpoints: Endpoint[];
  home: Endpoint;
  /** Taken one by one: the next call of that method meets the next fault. */
  faults: { method: string; action: FaultAction }[];
  calls: CallRecord[];
  connectionEvents: string[];
  unknownMethods: string[];
  internalErrors: unknown[];
};

/**
 * Serves help.getConfig, updates.getState, help.getNearestDc, users.getUsers (one person), langpack.getStrings (an echo
 * of `keys`), contacts.importContacts (`retryContacts` for each), account.updateStatus, which signs the key in as 1
 * when `offline` is false and out otherwise, and auth.logOut, which throws.
 */
export async function startTestServer(options: Partial<MtprotoServerDeps> = {}): Promise<TestServer> {
  const seen: Omit<TestServer, 'server' | 'endpoints' | 'home'> = {
    rsa,
    faults: [],
    calls: [],
    connectionEvents: [],
    unknownMethods: [],
    internalErrors: [],
  };
  const server = createMtprotoServer({
    rsa,
    schemas: [telegramSchema(), mtcuteSchema()],
    hooks: {
      decideFault(_ctx, method) {
        const index = seen.faults.findIndex((fault) => fault.method === method);
        return index === -1 ? undefined : seen.faults.splice(index, 1)[0]?.action;
      },
      onCall: (record) => seen.calls.push(record),
      onConnection: (event, info) => seen.connectionEvents.push(`${event} ${info.connectionId}`),
      onUnknownMethod: (method) => seen.unknownMethods.push(method),
      onInternalError: (_method, error) => seen.internalErrors.push(error),
    },
    ...options,
  });
  const home = await server.listen(2);
  const endpoints = [home, await server.listen(4)];
  server.on('help.getConfig', (ctx) => configAnswer(ctx.dcId, endpoints));
  server.on('updates.getState', () => ({
    _: 'updates.state',
    pts: 1,
    qts: 0,
    date: 1,
    seq: 1,
    unreadCount: 0,
  }));
  server.on('help.getNearestDc', (ctx) => ({
    _: 'nearestDc',
    country: 'AQ',
    thisDc: ctx.dcId,
    nearestDc: 2,
  }));
  server.on('users.getUsers', () => [{ _: 'user', self: true, id: 1n, accessHash: 1n, firstName: 'Ann' }]);
  server.on('langpack.getStrings', (_ctx, request) =>
    Array.isArray(request.keys)
      ? request.keys.map((key) => ({ _: 'langPackString', key, value: str(request, 'langCode') }))
      : [],
  );
  server.on('contacts.importContacts', (_ctx, request) => ({
    _: 'contacts.importedContacts',
    imported: [],
    popularInvites: [],
    retryContacts: list(request, 'contacts').map((contact) => contact.clientId),
    users: [],
  }));
  server.on('account.updateStatus', (ctx, request) => {
    ctx.auth.userId = flag(request, 'offline') ? undefined : '1';
    return true;
  });
  server.on('auth.logOut', () => {
    throw new Error('a bug');
  });
  return { ...seen, server, endpoints, home };
}
