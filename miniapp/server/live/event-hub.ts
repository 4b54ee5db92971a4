import type { PublishedEvent } from '#core/events.ts';
import type { LiveEvent } from '#miniapp/contract/live-event.ts';

/** One event as it goes over the wire, written once for all who follow. */
export type Frame = {
  position: number;
  workspaceId: string;
  text: string;
  /** Whose way in may have ended with it: a session, or everything of an operator. */
  concerns: string | undefined;
};

export type EventHub = {
  /** Position of the newest event. */
  readonly head: number;
  /** Reads what is new; call it on every notification. */
  wake(): void;
  /** The events of one workspace behind `after`, without gap or repetition, until `signal` or the hub ends it. */
  follow(of: { workspaceId: string; after: number; signal: AbortSignal }): AsyncGenerator<Frame>;
  /** Ends every follower. */
  stop(): Promise<void>;
};

export type EventSource = {
  /** Position of the newest event there is, 0 before the first. */
  readHead(): Promise<number>;
  listEvents(query: {
    afterPosition: number;
    workspaceId?: string;
    limit: number;
  }): Promise<PublishedEvent[]>;
  onFailure(error: unknown): void;
};

const PAGE = 500;
const KEPT = 5_000;
const RETRY_MS = 1_000;

/**
 * The one reader of events in this process. Followers pull from the frames it keeps, each at its own pace, so a slow
 * one holds nobody up; one that fell behind what is kept reads the database instead.
 */
export const createEventHub = async (source: EventSource): Promise<EventHub> => {
  const kept: Frame[] = [];
  const start = await source.readHead();
  let head = start;
  const oldestKept = () => kept[0]?.position ?? head + 1;
  const stopping = new AbortController();
  const sleepers = new Set<() => void>();
  let isWoken = false;
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;

  const drain = async (): Promise<void> => {
    while (isWoken && !stopping.signal.aborted) {
      isWoken = false;
      const events = await source.listEvents({ afterPosition: head, limit: PAGE });
      for (const event of events) {
        kept.push(frameOf(event));
        head = event.position;
      }
      if (events.length === PAGE) isWoken = true;
      if (kept.length > KEPT) kept.splice(0, kept.length - KEPT);
      for (const rouse of [...sleepers]) rouse();
    }
  };

  const wake = (): void => {
    isWoken = true;
    if (running || stopping.signal.aborted) return;
    running = drain()
      .catch((error: unknown) => {
        source.onFailure(error);
        retry = setTimeout(wake, RETRY_MS);
      })
      .finally(() => {
        running = undefined;
      });
  };

  const untilNewOr = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const rouse = () => {
        sleepers.delete(rouse);
        signal.removeEventListener('abort', rouse);
        resolve();
      };
      sleepers.add(rouse);
      signal.addEventListener('abort', rouse);
    });

  return {
    get head() {
      return head;
    },
    wake,
    async *follow({ workspaceId, after, signal }) {
      const ending = AbortSignal.any([signal, stopping.signal]);
      let position = Math.min(after, head);
      while (!ending.aborted) {
        if (position === head) {
          await untilNewOr(ending);
          continue;
        }
        const upTo = head;
        const isKept = position >= oldestKept() - 1;
        const frames = isKept
          ? framesAfter(kept, position).filter((frame) => frame.workspaceId === workspaceId)
          : (await source.listEvents({ afterPosition: position, workspaceId, limit: PAGE })).map(frameOf);
        for (const frame of frames) {
          if (ending.aborted) return;
          yield frame;
        }
        const isWhole = isKept || frames.length < PAGE;
        position = Math.max(position, isWhole ? upTo : 0, frames.at(-1)?.position ?? 0);
      }
    },
    async stop() {
      stopping.abort();
      clearTimeout(retry);
      await running;
    },
  };
};

/** Looks from the end, where followers are. */
const framesAfter = (kept: readonly Frame[], position: number): Frame[] =>
  kept.slice(kept.findLastIndex((frame) => frame.position <= position) + 1);

const frameOf = ({ kind, payload, at, position, workspaceId }: PublishedEvent): Frame => {
  const event: LiveEvent = { kind, at: at.toISOString(), payload };
  const text = `id: ${position}\ndata: ${JSON.stringify(event)}\n\n`;
  return { position, workspaceId, text, concerns: whomItEnds(kind, payload) };
};

const whomItEnds = (kind: PublishedEvent['kind'], payload: PublishedEvent['payload']): string | undefined => {
  if (kind === 'session.ended' && 'sessionId' in payload) return payload.sessionId;
  return kind === 'member.left' && 'operatorId' in payload ? payload.operatorId : undefined;
};
