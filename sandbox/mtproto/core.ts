import type { RsaKey } from '#sandbox/crypto/rsa.ts';
import type { Schema } from '#sandbox/tl/schema.ts';
import type { AuthKeyRecord } from './auth-key.ts';
import type { Connection } from './connection.ts';
import type { Handler, ServerHooks } from './contract.ts';
import type { MessageIds } from './message-ids.ts';

/** What the parts of one server share. */
export type Core = {
  readonly rsa: RsaKey;
  readonly hooks: ServerHooks;
  /** Ascending by layer. */
  readonly schemas: readonly Schema[];
  readonly handlers: Map<string, Handler>;
  readonly keys: Map<string, AuthKeyRecord>;
  readonly connections: Set<Connection>;
  readonly nextMessageId: MessageIds;
  readonly gzipOverBytes: number;
  readonly stripLeadingZeros: boolean;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
  /** RPCs that ended so far. */
  callCount: number;
};

/** The schema for a client of `layer`: its own, else the next higher one, else the highest. */
export function schemaFor(core: Core, layer: number): Schema {
  const schema = core.schemas.find((candidate) => candidate.layer >= layer) ?? core.schemas.at(-1);
  if (!schema) throw new Error('a server needs a schema');
  return schema;
}

/** Removes a key from the server: whoever uses it next is told -404. */
export function forgetAuthKey(core: Core, auth: AuthKeyRecord): void {
  core.keys.delete(auth.id);
  auth.sessions.clear();
}
