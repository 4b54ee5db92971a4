import type { MtprotoServer, MtprotoServerDeps } from './contract.ts';

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

/** Builds a server; it accepts connections once `listen` is called. */
export function createMtprotoServer(_deps: MtprotoServerDeps): MtprotoServer {
  throw new Error('the server follows its contract shortly');
}
