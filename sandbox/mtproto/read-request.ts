import { unzipSync } from 'node:zlib';
import type { TlObject } from '#sandbox/tl/object.ts';
import { bytes, long, longs, obj } from '#sandbox/tl/read.ts';
import type { Schema } from '#sandbox/tl/schema.ts';
import { TlError, UnknownConstructorError } from '#sandbox/tl/tl-error.ts';
import type { AuthKeyRecord } from './auth-key.ts';
import { type Core, schemaFor } from './core.ts';
import { RpcError } from './rpc-error.ts';

/** A call without its wrappers, which have taken effect on the key. */
export type Request = {
  query: TlObject;
  schema: Schema;
  /** Messages whose calls must succeed first: invokeAfterMsg. */
  waitsFor: bigint[];
  isWithoutUpdates: boolean;
};

const invokeWithLayerId = 0xda9b0d0d;

/** Decodes a call in its client's layer. Throws RpcError on bytes the layer does not know. */
export function readRequest(core: Core, auth: AuthKeyRecord, body: Buffer): Request {
  // The wrapper names the layer in which the rest is to be read.
  if (body.length >= 8 && body.readUInt32LE(0) === invokeWithLayerId) auth.layer = body.readInt32LE(4);
  if (auth.layer === 0) throw new RpcError(400, 'CONNECTION_NOT_INITED');
  const schema = schemaFor(core, auth.layer);
  return unwrap(auth, { query: decode(core, schema, body), schema, waitsFor: [], isWithoutUpdates: false });
}

function unwrap(auth: AuthKeyRecord, request: Request): Request {
  const { query, schema } = request;
  switch (query._) {
    case 'initConnection': {
      const { query: inner, ...fields } = query;
      auth.api = fields;
      return unwrap(auth, { ...request, query: obj({ _: query._, inner }, 'inner') });
    }
    case 'invokeWithLayer':
    case 'invokeWithMessagesRange':
    case 'invokeWithTakeout':
      return unwrap(auth, { ...request, query: obj(query, 'query') });
    case 'invokeWithoutUpdates':
      return unwrap(auth, { ...request, query: obj(query, 'query'), isWithoutUpdates: true });
    case 'invokeAfterMsg':
      return unwrap(auth, { ...request, query: obj(query, 'query'), waitsFor: [long(query, 'msgId')] });
    case 'invokeAfterMsgs':
      return unwrap(auth, { ...request, query: obj(query, 'query'), waitsFor: longs(query, 'msgIds') });
    case 'gzip_packed':
      return unwrap(auth, { ...request, query: schema.decode(unzipSync(bytes(query, 'packedData'))) });
    default:
      return request;
  }
}

function decode(core: Core, schema: Schema, body: Buffer): TlObject {
  try {
    return schema.decode(body);
  } catch (error) {
    if (error instanceof UnknownConstructorError) {
      core.hooks.onUnknownMethod?.(`#${error.constructorHex}`);
      throw new RpcError(400, `INPUT_METHOD_INVALID_${error.constructorHex.toUpperCase()}`);
    }
    if (error instanceof TlError) throw new RpcError(400, 'INPUT_FETCH_ERROR');
    throw error;
  }
}
