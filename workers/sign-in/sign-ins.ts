import { Refused } from '#core/refusals.ts';
import { endSignIn, type SignInEnd } from '#db/commands/end-sign-in.ts';
import { createBoxKeys } from '#db/sealed-box.ts';
import { type SignInRef, type TakenSignIn, takeSignIn } from '#db/sign-ins.ts';
import { describeError, type Log } from '../runtime/log.ts';
import { connectThroughPage, type SignInDeps } from './connect-through-page.ts';
import { createDialog } from './dialog.ts';

/** The sign-ins this process runs: each lives from its job to its end, for as long as a person takes. */
export type SignIns = {
  /** Takes the sign-in, unless somebody else has; what comes of it is told in its row. */
  begin(ref: SignInRef): Promise<void>;
  /** Something has changed about the sign-ins of this link, or of any. */
  hear(linkId: string | undefined): void;
  /** Gives up what is under way, visibly: another process could not finish it. */
  stop(): Promise<void>;
};

type Running = { linkId: string; hear(): void; stop(): void; ended: Promise<void> };
type Deps = SignInDeps & { log: Log; runId: string; tell: () => void };

export function createSignIns(deps: Deps): SignIns {
  const running = new Set<Running>();
  return {
    async begin(ref) {
      const keys = createBoxKeys();
      const worker = { runId: deps.runId, workerKey: keys.publicKey };
      const taken = await takeSignIn(deps.db, ref, worker);
      if (!taken) return;
      const one = start(deps, taken, keys);
      running.add(one);
      void one.ended.finally(() => running.delete(one));
    },
    hear(linkId) {
      for (const one of running) if (linkId === undefined || one.linkId === linkId) one.hear();
    },
    async stop() {
      for (const one of running) one.stop();
      await Promise.all([...running].map(({ ended }) => ended));
    },
  };
}

function start(deps: Deps, taken: TakenSignIn, keys: ReturnType<typeof createBoxKeys>): Running {
  const expired = AbortSignal.timeout(Math.ceil(taken.leftMs));
  const stopped = new AbortController();
  const over = AbortSignal.any([expired, stopped.signal]);
  const dialog = createDialog(deps, taken, keys, over, () => stopped.abort());
  const about = { workspaceId: taken.workspaceId, signInId: taken.signInId };

  const outcome = async (): Promise<SignInEnd> => {
    try {
      return await connectThroughPage(deps, taken, dialog, over);
    } catch (thrown) {
      if (over.aborted) return { status: expired.aborted ? 'expired' : 'lost' };
      if (thrown instanceof Refused) {
        const { seconds } = thrown.facts;
        return { status: 'refused', problem: thrown.code, waitSeconds: Number(seconds) || undefined };
      }
      deps.log.error({ ...about, ...describeError(thrown) }, 'a sign-in failed');
      return { status: 'refused', problem: 'account.sign_in_failed' };
    }
  };
  const run = async () => {
    const end = await outcome();
    await dialog.close();
    const { db, clock } = deps;
    const actor = { kind: 'system', part: 'worker' } as const;
    const ctx = { db, actor, workspaceId: taken.workspaceId, now: clock.now() };
    const status = (await endSignIn(ctx, { taken, end })) ? end.status : 'given up';
    deps.log.info({ ...about, method: taken.method, status }, 'a sign-in ended');
    deps.tell();
  };
  return {
    linkId: taken.linkId,
    hear: dialog.hear,
    stop: () => stopped.abort(),
    ended: run().catch((thrown) =>
      deps.log.warn({ ...about, ...describeError(thrown) }, 'a sign-in was lost'),
    ),
  };
}
