import type { FileEncoding } from '#core/audience/file-reading.ts';
import { Refused } from '#core/refusals.ts';

/**
 * The encoding of a text by its beginning: its byte order mark, else zero bytes as only UTF-16 has them, else UTF-8 where
 * it is valid, else Windows-1251, in which every text is.
 */
export const guessEncoding = (sample: Buffer): FileEncoding => {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf) return 'utf-8';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  let even = 0;
  let odd = 0;
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd > 0) return odd >= even ? 'utf-16le' : 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1251';
  }
};

/** The text of bytes. Refuses `file.unreadable` where they are not in the encoding. */
export async function* decode(
  chunks: AsyncIterable<Uint8Array>,
  encoding: FileEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (thrown) {
    throw thrown instanceof TypeError ? new Refused('file.unreadable', { encoding }) : thrown;
  }
}
