import { createHash, randomBytes } from 'node:crypto';

/** A token nobody guesses, short enough for the start of a bot (64 characters of A-Z, a-z, 0-9, _ and -). */
export const createToken = (bytes = 24): { token: string; hash: Buffer } => {
  const token = randomBytes(bytes).toString('base64url');
  return { token, hash: hashToken(token) };
};

/** What is stored in a token's place. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
