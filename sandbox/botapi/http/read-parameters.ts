import type { IncomingMessage } from 'node:http';
import { BotApiError, badRequest } from '../bot-api-error.ts';
import { parseMultipart } from './parse-multipart.ts';

/** Telegram takes uploads up to 50 MB. */
const MAX_BODY_BYTES = 50 * 1024 * 1024;

export type Upload = { name: string; mimeType: string; bytes: Buffer };

/** What a request said: named values, as sent, and uploaded files by the name of their part. */
export type Parameters = { values: Record<string, unknown>; uploads: Map<string, Upload> };

/**
 * Reads a method's parameters from the query string and from a JSON, urlencoded or multipart body; the body wins.
 * Values stay as they were sent: every one may be a string, as at Telegram.
 */
export async function readParameters(request: IncomingMessage, query: URLSearchParams): Promise<Parameters> {
  const values: Record<string, unknown> = Object.fromEntries(query);
  const uploads = new Map<string, Upload>();
  const contentType = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  if (body.length === 0) return { values, uploads };

  if (contentType.startsWith('application/json')) {
    Object.assign(values, parseJsonObject(body.toString('utf8')));
  } else if (contentType.startsWith('application/x-www-form-urlencoded')) {
    Object.assign(values, Object.fromEntries(new URLSearchParams(body.toString('utf8'))));
  } else if (contentType.startsWith('multipart/form-data')) {
    const parts = parseMultipart(body, contentType);
    Object.assign(values, Object.fromEntries(parts.fields));
    for (const [name, upload] of parts.uploads) uploads.set(name, upload);
  }
  return { values, uploads };
}

/** The body as bytes; 413 above Telegram's ceiling. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new BotApiError(413, 'Request Entity Too Large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function parseJsonObject(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest("can't parse request JSON object");
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw badRequest("can't parse request: object expected");
  }
  return parsed as Record<string, unknown>;
}
