import type { TlObject } from '#sandbox/tl/object.ts';
import { indexOfMessage } from '#sandbox/world/messages.ts';
import type { Message } from '#sandbox/world/types.ts';
import { int } from '../fields.ts';
import { seconds } from '../objects/time.ts';

const mostPerPage = 100;

/**
 * One page, newest first, by Telegram's rules (core.telegram.org/api/offsets): older than `offsetId` or
 * `offsetDate`, shifted by `addOffset`, at most 100, then cut to ids between `minId` and `maxId`, both excluded.
 */
export function pageMessages(messages: readonly Message[], request: TlObject): Message[] {
  const limit = Math.min(int(request, 'limit') || mostPerPage, mostPerPage);
  const end = endOf(messages, request) - int(request, 'addOffset');
  const maxId = int(request, 'maxId') || Number.POSITIVE_INFINITY;
  const minId = int(request, 'minId');
  return messages
    .slice(Math.max(0, end - limit), Math.max(0, end))
    .filter(({ id }) => id < maxId && id > minId)
    .reverse();
}

/** The index behind the newest message the offsets let through. */
function endOf(messages: readonly Message[], request: TlObject): number {
  const offsetId = int(request, 'offsetId');
  if (offsetId > 0) return indexOfMessage(messages, offsetId);
  const offsetDate = int(request, 'offsetDate');
  if (offsetDate === 0) return messages.length;
  const newer = messages.findIndex((message) => seconds(message.at) >= offsetDate);
  return newer === -1 ? messages.length : newer;
}
