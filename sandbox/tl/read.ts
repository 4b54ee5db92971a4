import type { TlObject, TlValue } from './object.ts';
import { TlError } from './tl-error.ts';

/** Typed readers of a TlObject's fields. Each throws a TlError naming the field when it is absent or another type. */

export function str(object: TlObject, key: string): string {
  const value = object[key];
  return typeof value === 'string' ? value : mismatch(object, key, 'a string');
}

export function int(object: TlObject, key: string): number {
  const value = object[key];
  return typeof value === 'number' ? value : mismatch(object, key, 'a number');
}

export function long(object: TlObject, key: string): bigint {
  const value = object[key];
  return typeof value === 'bigint' ? value : mismatch(object, key, 'a bigint');
}

export function bytes(object: TlObject, key: string): Buffer {
  const value = object[key];
  return Buffer.isBuffer(value) ? value : mismatch(object, key, 'bytes');
}

export function obj(object: TlObject, key: string): TlObject {
  const value = object[key];
  return isTlObject(value) ? value : mismatch(object, key, 'an object');
}

/** A vector of objects. */
export function list(object: TlObject, key: string): TlObject[] {
  const value = object[key];
  return Array.isArray(value) && value.every(isTlObject) ? value : mismatch(object, key, 'a list of objects');
}

export function longs(object: TlObject, key: string): bigint[] {
  const value = object[key];
  const isLong = (item: TlValue): item is bigint => typeof item === 'bigint';
  return Array.isArray(value) && value.every(isLong) ? value : mismatch(object, key, 'a list of bigints');
}

export function ints(object: TlObject, key: string): number[] {
  const value = object[key];
  const isInt = (item: TlValue): item is number => typeof item === 'number';
  return Array.isArray(value) && value.every(isInt) ? value : mismatch(object, key, 'a list of numbers');
}

/** A flag of type `true`, or a Bool: absent reads as false. */
export function flag(object: TlObject, key: string): boolean {
  return object[key] === true;
}

/** `read(object, key)` when the field is there, undefined when it is not. */
export function optional<T>(
  read: (object: TlObject, key: string) => T,
  object: TlObject,
  key: string,
): T | undefined {
  return object[key] === undefined ? undefined : read(object, key);
}

export function isTlObject(value: TlValue): value is TlObject {
  return typeof value === 'object' && value !== null && '_' in value;
}

function mismatch(object: TlObject, key: string, wanted: string): never {
  throw new TlError(`${object._}.${key} is not ${wanted}`);
}
