import { and, eq } from 'drizzle-orm';
import { inWorkspace, type QueryContext } from './context.ts';
import { fileChunk } from './schema/files.ts';

/** Postgres stores and a process holds pieces of this size. */
export const CHUNK_BYTES = 256 * 1024;

/** Adds a piece behind those that are there. */
export const appendChunk = (
  ctx: QueryContext,
  chunk: { fileId: string; ordinal: number; bytes: Buffer },
): Promise<void> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    await tx
      .insert(fileChunk)
      .values({ ...chunk, workspaceId: ctx.workspaceId })
      .onConflictDoUpdate({ target: [fileChunk.fileId, fileChunk.ordinal], set: { bytes: chunk.bytes } });
  });

/** The bytes of a stored file from an offset on, at most `CHUNK_BYTES` at a time; `end` is the offset behind the last. */
export async function* readChunks(
  ctx: QueryContext,
  fileId: string,
  { start = 0, end = Number.POSITIVE_INFINITY }: { start?: number; end?: number } = {},
): AsyncGenerator<Buffer> {
  let place = start;
  for (let ordinal = Math.floor(start / CHUNK_BYTES); place < end; ordinal += 1) {
    const [chunk] = await inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
      tx
        .select({ bytes: fileChunk.bytes })
        .from(fileChunk)
        .where(and(eq(fileChunk.fileId, fileId), eq(fileChunk.ordinal, ordinal))),
    );
    if (!chunk) return;
    const from = place - ordinal * CHUNK_BYTES;
    const bytes = chunk.bytes.subarray(from, Math.min(CHUNK_BYTES, end - ordinal * CHUNK_BYTES));
    if (bytes.length > 0) yield bytes;
    place = (ordinal + 1) * CHUNK_BYTES;
  }
}

export const deleteChunks = (ctx: QueryContext, fileId: string): Promise<void> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    await tx.delete(fileChunk).where(eq(fileChunk.fileId, fileId));
  });

/** Stores a stream in pieces of one size and answers how many bytes it held. `mayGoOn` is asked before each piece. */
export const storeStream = async (
  ctx: QueryContext,
  fileId: string,
  stream: AsyncIterable<Uint8Array>,
  mayGoOn: (sizeBytes: number) => void = () => {},
): Promise<number> => {
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let ordinal = 0;
  let sizeBytes = 0;
  const flush = async (atLeast: number) => {
    let rest = Buffer.concat(waiting);
    while (rest.length >= atLeast && rest.length > 0) {
      await appendChunk(ctx, { fileId, ordinal, bytes: rest.subarray(0, CHUNK_BYTES) });
      ordinal += 1;
      rest = rest.subarray(CHUNK_BYTES);
    }
    waiting = [rest];
    waitingBytes = rest.length;
  };
  for await (const piece of stream) {
    sizeBytes += piece.length;
    mayGoOn(sizeBytes);
    waiting.push(Buffer.from(piece));
    waitingBytes += piece.length;
    if (waitingBytes >= CHUNK_BYTES) await flush(CHUNK_BYTES);
  }
  await flush(1);
  return sizeBytes;
};
