import { readProblem } from './problem.ts';

export type StreamMessage = { id: string | undefined; event: string; data: string };

/** The server says something every 15 s: a line this quiet is dead. */
const SILENCE_MS = 40_000;

/**
 * The messages of an event stream read through fetch, which can send headers and read refusals where `EventSource`
 * cannot. Throws `ApiProblem` when the server refuses, and whatever else when the line breaks or falls silent.
 */
export async function* openStream(
  path: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): AsyncGenerator<StreamMessage> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENCE_MS);
  };
  try {
    const response = await fetch(path, { headers, signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok) throw await readProblem(response);
    if (!response.body) throw new Error('the stream has no body');
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          heard();
          controller.enqueue(chunk);
        },
      }),
    );
    yield* readMessages(watched);
  } finally {
    clearTimeout(timer);
  }
}

async function* readMessages(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = parseBlock(block);
        if (message) yield message;
      }
    }
  } finally {
    reader.releaseLock();
  }
}

/** A block without data is a comment. */
const parseBlock = (block: string): StreamMessage | undefined => {
  const fields = new Map(
    block.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()] as const;
    }),
  );
  const data = fields.get('data');
  return data === undefined
    ? undefined
    : { id: fields.get('id'), event: fields.get('event') ?? 'message', data };
};
