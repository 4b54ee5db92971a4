import { badRequest } from '../bot-api-error.ts';
import type { Upload } from './read-parameters.ts';

type Multipart = { fields: [name: string, value: string][]; uploads: [name: string, upload: Upload][] };

const HEADERS_END = '\r\n\r\n';

/** Reads multipart/form-data (RFC 7578); a part with a file name is an upload. */
export function parseMultipart(body: Buffer, contentType: string): Multipart {
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary === undefined) throw malformed();
  const parts: Multipart = { fields: [], uploads: [] };
  // With a line break in front, so that the first delimiter looks like the others.
  const bytes = Buffer.concat([Buffer.from('\r\n'), body]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  let at = bytes.indexOf(delimiter);
  if (at < 0) throw malformed();
  for (;;) {
    const start = at + delimiter.length;
    if (bytes.toString('latin1', start, start + 2) === '--') return parts;
    const end = bytes.indexOf(delimiter, start);
    if (end < 0) throw malformed();
    addPart(parts, bytes.subarray(start, end));
    at = end;
  }
}

function addPart(parts: Multipart, part: Buffer): void {
  const headersEnd = part.indexOf(HEADERS_END);
  if (headersEnd < 0) throw malformed();
  const headers = new Map<string, string>();
  for (const line of part.toString('utf8', 0, headersEnd).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const content = part.subarray(headersEnd + HEADERS_END.length);
  const disposition = headers.get('content-disposition') ?? '';
  const name = parameterOf(disposition, 'name');
  const fileName = parameterOf(disposition, 'filename');
  if (name === undefined) throw malformed();
  if (fileName === undefined) {
    parts.fields.push([name, content.toString('utf8')]);
  } else {
    const mimeType = headers.get('content-type') ?? 'application/octet-stream';
    parts.uploads.push([name, { name: fileName, mimeType, bytes: content }]);
  }
}

function parameterOf(header: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(header);
  return match?.[1] ?? match?.[2];
}

const malformed = () => badRequest("can't parse multipart request body");
