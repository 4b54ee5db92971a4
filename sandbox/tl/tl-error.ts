/** Bytes that are not what the schema says, or an object the schema cannot write. Names the field at fault. */
export class TlError extends Error {
  override readonly name = 'TlError';
}

/** Bytes that begin with a constructor id the schema does not have; `constructorHex` is the id as `.tl` text writes it. */
export class UnknownConstructorError extends TlError {
  readonly constructorHex: string;

  constructor(id: number, layer: number) {
    const hex = id.toString(16).padStart(8, '0');
    super(`layer ${layer} has no constructor #${hex}`);
    this.constructorHex = hex;
  }
}
