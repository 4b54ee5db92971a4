import type { JobOutcome, JobPayload } from '#core/jobs.ts';
import { type ParseCursor, requestAt } from '#core/parsing/cursor.ts';
import { askedAlso, nextPageAt, paceOf } from '#core/parsing/pace.ts';
import { isNews, progressOf } from '#core/parsing/progress.ts';
import { Refused } from '#core/refusals.ts';
import type { Answer, RpcFailure, UserSession } from '#core/telegram/user-session.ts';
import { failParsePage } from '#db/commands/fail-parse-page.ts';
import { finishParseTask } from '#db/commands/finish-parse-task.ts';
import { type ParseWork, startParseTask } from '#db/commands/start-parse-task.ts';
import { storeParsePage } from '#db/commands/store-parse-page.ts';
import { contextOf, type JobDeps, type Lane } from '../runtime/define-job.ts';
import { readCommenters } from './read-commenters.ts';
import { readMembers } from './read-members.ts';
import { readMessages } from './read-messages.ts';
import { readReactions } from './read-reactions.ts';
import type { SourcePage } from './source-page.ts';
import { withSession } from './with-session.ts';

type ParseJob = JobPayload<'parse-pages'>;

/**
 * Reads one task page by page while the next page is due, its batch is not full and nobody else wants the account or, once
 * a page is read, the place. The next page is asked for while the last one is being stored: at most one store is
 * outstanding and they are made in order, so a crash loses at most one page and the place of each is stored with it.
 */
export function readPages(job: ParseJob, deps: JobDeps, lane: Lane): Promise<JobOutcome> {
  return withSession(job, deps, lane, async (session) => {
    try {
      const work = await startParseTask(contextOf(deps, job.workspaceId), job);
      return await readWhileDue(job, deps, lane, session, work);
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
): Promise<JobOutcome> {
  const { clock } = deps;
  const { speed } = work;
  const owner = { taskId: job.taskId, accountId: job.accountId, leaseToken: lane.leaseToken };
  let dueAt = work.nextPageAt ?? clock.now();
  let { cursor, asked, seenCount: seen, totalCount: total } = work;
  let storing: Promise<number> = Promise.resolve(seen);
  const { batchSize } = paceOf(speed);
  const givesWay = (pages: number) => lane.isWanted() || (pages > 0 && lane.isCrowded());

  for (let pages = 0; pages < batchSize && clock.realMsUntil(dueAt) === 0 && !givesWay(pages); pages += 1) {
    asked = askedAlso(asked, speed, clock.now(), seen);
    const page = await readPage(session, work, cursor, seen);
    seen = await storing;
    if (!page.ok) return failPage(job, deps, owner, page.failure);
    const { next, ...found } = page.value;
    const before = seen;
    // How many of them are new is known when they are stored.
    if (!found.mayRepeat) seen += found.seen;
    total = found.total ?? total;
    dueAt = nextPageAt(speed, requestAt(cursor), asked);
    const news = !next || isNews(before, seen, total) ? progressOf({ seen, total, asked }) : null;
    storing = store({ ...owner, ...found, cursor: next ?? cursor, asked, nextPageAt: dueAt, news });
    storing.catch(() => {}); // Seen where it is awaited, which is after the next page.
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

  async function store(page: Parameters<typeof storeParsePage>[1]): Promise<number> {
    const stored = await storeParsePage(contextOf(deps, job.workspaceId), page);
    deps.tell();
    return stored.seen;
  }
}

function readPage(
  session: UserSession,
  { chat, wish }: ParseWork,
  cursor: ParseCursor,
  seenBefore: number,
): Promise<Answer<SourcePage>> {
  const request = { session, chat, wish, seenBefore };
  switch (cursor.source) {
    case 'members':
      return readMembers({ ...request, cursor });
    case 'messages':
      return readMessages({ ...request, cursor });
    case 'commenters':
      return readCommenters({ ...request, cursor });
    case 'reactions':
      return readReactions({ ...request, cursor });
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
