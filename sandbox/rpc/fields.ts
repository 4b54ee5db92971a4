import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { isTlObject } from '#sandbox/tl/read.ts';

/** Readers of request fields. The schema has checked their types; what a layer left out reads as empty. */

export function long(object: TlObject, field: string): bigint {
  const value = object[field];
  return typeof value === 'bigint' ? value : 0n;
}

export function int(object: TlObject, field: string): number {
  const value = object[field];
  return typeof value === 'number' ? value : 0;
}

export function text(object: TlObject, field: string): string {
  const value = object[field];
  return typeof value === 'string' ? value : '';
}

export function flag(object: TlObject, field: string): boolean {
  return object[field] === true;
}

export function bytes(object: TlObject, field: string): Buffer {
  const value = object[field];
  return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

export function findObject(object: TlObject, field: string): TlObject | undefined {
  const value = object[field];
  return isTlObject(value) ? value : undefined;
}

/** Throws RpcError INPUT_CONSTRUCTOR_INVALID when the field holds no object. */
export function getObject(object: TlObject, field: string): TlObject {
  const value = findObject(object, field);
  if (!value) throw new RpcError(400, 'INPUT_CONSTRUCTOR_INVALID');
  return value;
}

export function objects(object: TlObject, field: string): TlObject[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter(isTlObject) : [];
}

export function longs(object: TlObject, field: string): bigint[] {
  const value = object[field];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'bigint') : [];
}
