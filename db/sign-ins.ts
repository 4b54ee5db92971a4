import { and, eq, gt, type SQL, sql } from 'drizzle-orm';
import type postgres from 'postgres';
import {
  CANCELLABLE_SIGN_INS,
  isOpenSignIn,
  type SignInMethod,
  type SignInQuestion,
} from '#core/account/sign-in.ts';
import type { RefusalCode } from '#core/refusals.ts';
import type { Actor } from '#core/roles.ts';
import type { Secret } from '#core/secret.ts';
import { type Db, inWorkspace, type Tx } from './context.ts';
import { connectLink, signIn } from './schema/sign-ins.ts';
import { member } from './schema/team.ts';
import { sealTo } from './sealed-box.ts';

/** Tells pages and workers that something about a link's sign-ins has changed; carries the link's id. */
export const signInChannel = 'usher_sign_ins';

export const tellSignIn = async (tx: Tx, linkId: string): Promise<void> => {
  await tx.execute(sql`select pg_notify(${signInChannel}, ${linkId})`);
};

/** Calls `onNews` with the link whose sign-ins have changed; without one after a reconnect, since some may have been missed. */
export const listenForSignIns = async (
  client: postgres.Sql,
  onNews: (linkId: string | undefined) => void,
): Promise<() => Promise<void>> => {
  const { unlisten } = await client.listen(signInChannel, onNews, () => onNews(undefined));
  return () => unlisten();
};

export type SignInRef = { workspaceId: string; signInId: string };

/** What a sealed value is bound to: its row, and the change of the row it belongs to. */
export const aboutSignIn = (ref: SignInRef, sequence: number, what: 'answer' | 'shown'): string =>
  ['sign_in', ref.workspaceId, ref.signInId, sequence, what].join('|');

export type TakenSignIn = SignInRef & {
  runId: string;
  linkId: string;
  method: SignInMethod;
  pageKey: Buffer;
  /** Real milliseconds until the attempt has lived long enough. */
  leftMs: number;
};

/** Takes a waiting sign-in for this worker process; undefined when it waits no more. */
export const takeSignIn = (
  db: Db,
  ref: SignInRef,
  worker: { runId: string; workerKey: Buffer },
): Promise<TakenSignIn | undefined> =>
  inWorkspace(db, ref.workspaceId, async (tx) => {
    const [taken] = await tx
      .update(signIn)
      .set({ status: 'working', ...worker, sequence: next })
      .where(
        and(
          eq(signIn.id, ref.signInId),
          eq(signIn.status, 'waiting'),
          gt(signIn.expiresAt, sql`clock_timestamp()`),
        ),
      )
      .returning({
        linkId: signIn.linkId,
        method: signIn.method,
        leftMs: sql<number>`(extract(epoch from ${signIn.expiresAt} - clock_timestamp()) * 1000)::float8`,
      });
    if (!taken) return undefined;
    const [page] = await tx
      .select({ pageKey: connectLink.pageKey })
      .from(connectLink)
      .where(eq(connectLink.id, taken.linkId));
    if (!page?.pageKey) throw new Error('a sign-in belongs to an opened page');
    await tellSignIn(tx, taken.linkId);
    return { ...ref, ...taken, runId: worker.runId, pageKey: page.pageKey };
  });

/** In whose name the account is connected, with the role of this moment; undefined when they left the workspace. */
export const findSignInActor = (db: Db, taken: TakenSignIn): Promise<Actor | undefined> =>
  inWorkspace(db, taken.workspaceId, async (tx) => {
    const [found] = await tx
      .select({ operatorId: member.operatorId, role: member.role })
      .from(connectLink)
      .innerJoin(
        member,
        and(eq(member.operatorId, connectLink.operatorId), eq(member.workspaceId, connectLink.workspaceId)),
      )
      .where(eq(connectLink.id, taken.linkId));
    return found && { kind: 'operator', ...found };
  });

export type SignInStep =
  | { status: SignInQuestion; hint?: string | undefined; problem?: RefusalCode | undefined }
  | { status: 'scan'; link: Secret; shownMs: number }
  | { status: 'connecting' };

/** The next step of a sign-in that is still open and ours. Answers its sequence; undefined when it is over. */
export const stepSignIn = (db: Db, taken: TakenSignIn, step: SignInStep): Promise<number | undefined> =>
  inWorkspace(db, taken.workspaceId, async (tx) => {
    const held = await holdSignIn(tx, taken);
    if (!held) return undefined;
    const sequence = held.sequence + 1;
    await tx
      .update(signIn)
      .set({ ...emptied, ...valuesOf(step, taken, sequence), status: step.status, sequence, answer: null })
      .where(eq(signIn.id, taken.signInId));
    await tellSignIn(tx, taken.linkId);
    return sequence;
  });

/** The sealed answer to the question asked with `sequence`, removed as it is read. */
export const takeAnswer = (
  db: Db,
  taken: TakenSignIn,
  sequence: number,
): Promise<{ kind: 'over' } | { kind: 'nothing' } | { kind: 'answer'; sealed: Buffer }> =>
  inWorkspace(db, taken.workspaceId, async (tx) => {
    const held = await holdSignIn(tx, taken);
    if (!held) return { kind: 'over' };
    if (!held.answer || held.sequence !== sequence + 1) return { kind: 'nothing' };
    await tx.update(signIn).set({ answer: null }).where(eq(signIn.id, taken.signInId));
    return { kind: 'answer', sealed: held.answer };
  });

/** The row, locked, while it is open and this process runs it. */
const holdSignIn = async (tx: Tx, { signInId, runId }: Pick<TakenSignIn, 'signInId' | 'runId'>) => {
  const [row] = await tx
    .select({ status: signIn.status, sequence: signIn.sequence, answer: signIn.answer })
    .from(signIn)
    .where(and(eq(signIn.id, signInId), eq(signIn.runId, runId)))
    .for('update');
  return row && isOpenSignIn(row.status) ? row : undefined;
};

/** What no later step may still show. */
export const emptied = { hint: null, problem: null, waitSeconds: null, shown: null, shownUntil: null };

export const next = sql`sequence + 1`;

const valuesOf = (step: SignInStep, taken: TakenSignIn, sequence: number) => {
  if (step.status === 'connecting') return {};
  if (step.status === 'scan') {
    return {
      shown: sealTo(taken.pageKey, aboutSignIn(taken, sequence, 'shown'), step.link),
      shownUntil: inRealTime(step.shownMs),
    };
  }
  return { hint: step.hint ?? null, problem: step.problem ?? null };
};

/** A moment of the database's own clock. */
export const inRealTime = (ms: number): SQL<Date> =>
  sql<Date>`clock_timestamp() + ${ms} * interval '1 millisecond'`;

/** Stops what still asks the person for something; what Telegram has signed in already goes on. */
export const cancelOpen = async (tx: Tx, which: SQL | undefined): Promise<{ signInId: string }[]> =>
  tx
    .update(signIn)
    .set({ ...emptied, status: 'cancelled', answer: null, sequence: next })
    .where(and(which, sql`status::text in (select json_array_elements_text(${cancellable}::json))`))
    .returning({ signInId: signIn.id });

const cancellable = JSON.stringify(CANCELLABLE_SIGN_INS);
