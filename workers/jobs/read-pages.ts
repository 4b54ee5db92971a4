import type { JobOutcome } from '#core/jobs.ts';
import type { ParseCursor } from '#core/parsing/cursor.ts';
import { nextPageAt } from '#core/parsing/pace.ts';
import { Refused } from '#core/refusals.ts';
import type {
  Answer,
  ChatRef,
  RpcFailure,
  SeenPerson,
  TelegramId,
  UserSession,
} from '#core/telegram/user-session.ts';
import { failParsePage } from '#db/commands/fail-parse-page.ts';
import { finishParseTask } from '#db/commands/finish-parse-task.ts';
import { type ParseWork, startParseTask } from '#db/commands/start-parse-task.ts';
import { storeParsePage } from '#db/commands/store-parse-page.ts';
import { contextOf, type JobDeps, type Lane } from '../runtime/define-job.ts';
import { withSession } from './with-session.ts';

export type ParseJob = { workspaceId: string; accountId: string; taskId: string };

/** One page as a source read it. `next` is undefined when it was the last. */
export type SourcePage = {
  people: SeenPerson[];
  refs: { telegramId: TelegramId; chat: ChatRef; messageId: number }[];
  admins: TelegramId[];
  /** Members or messages on this page. */
  seen: number;
  total: number | null;
  next: ParseCursor | undefined;
};

export type ReadPage = (
  session: UserSession,
  chat: ChatRef,
  cursor: ParseCursor,
  seenBefore: number,
) => Promise<Answer<SourcePage>>;

/**
 * Reads one task page by page while the next page is due and nobody else wants the account. The next page is asked for
 * while the last one is being stored: at most one store is outstanding and they are made in order, so a crash loses at
 * most one page and the place of each is stored with it.
 */
export function readPages(job: ParseJob, deps: JobDeps, lane: Lane, readPage: ReadPage): Promise<JobOutcome> {
  return withSession(job, deps, lane, async (session) => {
    try {
      const work = await startParseTask(contextOf(deps, job.workspaceId), job);
      return await readWhileDue(job, deps, lane, session, work, readPage);
    } catch (thrown) {
      if (thrown instanceof Refused) return { kind: 'drop', because: thrown.code };
      throw thrown;
    }
  });
}

async function readWhileDue(
  job: ParseJob,
  deps: JobDeps,
  lane: Lane,
  session: UserSession,
  work: ParseWork,
  readPage: ReadPage,
): Promise<JobOutcome> {
  const { clock } = deps;
  const owner = { taskId: job.taskId, accountId: job.accountId, leaseToken: lane.leaseToken };
  let dueAt = work.nextPageAt ?? clock.now();
  let cursor = work.cursor;
  let seen = work.seenCount;
  let storing: Promise<unknown> = Promise.resolve();

  while (clock.realMsUntil(dueAt) === 0 && !lane.isWanted()) {
    const askedAt = clock.now();
    const page = await readPage(session, work.chat, cursor, seen);
    await storing;
    if (!page.ok) return failPage(job, deps, owner, page.failure);
    seen += page.value.seen;
    dueAt = nextPageAt(work.speed, work.source, askedAt);
    const { next, ...found } = page.value;
    storing = store({ ...owner, ...found, seen, cursor: next ?? cursor, nextPageAt: dueAt });
    if (!next) {
      await storing;
      await finishParseTask(contextOf(deps, job.workspaceId), owner);
      deps.tell();
      return { kind: 'done' };
    }
    cursor = next;
  }
  await storing;
  return { kind: 'again', at: dueAt, because: 'next_page' };

  function store(page: Parameters<typeof storeParsePage>[1]): Promise<unknown> {
    const stored = storeParsePage(contextOf(deps, job.workspaceId), page).then(deps.tell);
    stored.catch(() => {}); // Seen where it is awaited, which is after the next page.
    return stored;
  }
}

/** A page has no effect at Telegram: what its failure means is decided with the rows it concerns. */
async function failPage(
  job: ParseJob,
  deps: JobDeps,
  owner: { taskId: string; accountId: string; leaseToken: number },
  failure: RpcFailure,
): Promise<JobOutcome> {
  const { task } = await failParsePage(contextOf(deps, job.workspaceId), { ...owner, failure });
  deps.tell();
  return task.kind === 'again' ? { kind: 'again', at: task.at, because: failure.error } : { kind: 'done' };
}
