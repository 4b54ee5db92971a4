/**
 * A TL value as the sandbox writes it: `long` is a bigint, `int` and `double` are numbers, `Bool` and `true`
 * are booleans, `bytes`, `int128` and `int256` are Buffers, vectors are arrays, everything else is an object.
 */
export type TlValue = string | number | bigint | boolean | Buffer | TlObject | TlValue[] | undefined;

/** A constructor or method by its schema name, with camelCase fields: `{ _: 'user', id: 1n, firstName: 'Ann' }`. */
export type TlObject = { _: string; [field: string]: TlValue };
