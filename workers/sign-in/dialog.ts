import type { SignInQuestion } from '#core/account/sign-in.ts';
import type { RefusalCode } from '#core/refusals.ts';
import type { Secret } from '#core/secret.ts';
import type { Db } from '#db/context.ts';
import { type BoxKeys, openBox } from '#db/sealed-box.ts';
import { aboutSignIn, type SignInStep, stepSignIn, type TakenSignIn, takeAnswer } from '#db/sign-ins.ts';
import { describeError, type Log } from '../runtime/log.ts';
import { startLoop } from '../runtime/loop.ts';

/** The sign-in was cancelled or given to nobody: whoever runs it stops. */
export class SignInOver extends Error {}

/** One person's page, as the worker that runs their sign-in speaks to it through its row. */
export type Dialog = {
  /** Puts a question on the page and resolves with what the person types. Throws `SignInOver`. */
  ask(
    question: SignInQuestion,
    about: { hint?: string | undefined; problem?: RefusalCode | undefined },
  ): Promise<Secret>;
  /** Shows the link as a QR code. */
  show(link: Secret, shownMs: number): void;
  /** False when it was cancelled in time; from here on it cannot be. */
  claimEnd(): Promise<boolean>;
  /** Something about the page's row has changed. */
  hear(): void;
  close(): Promise<void>;
};

/** The row is looked at when it changes; this often in case the news was lost. */
const PATIENCE_MS = 10_000;

type Pending = { sequence: number; resolve(answer: Secret): void; reject(over: SignInOver): void };

/** Lives until `over`. Calls `giveUp` when the row is no longer this process's to work on. */
export function createDialog(
  { db, log }: { db: Db; log: Log },
  taken: TakenSignIn,
  keys: BoxKeys,
  over: AbortSignal,
  giveUp: () => void,
): Dialog {
  let pending: Pending | undefined;
  let writes: Promise<unknown> = Promise.resolve();
  over.addEventListener('abort', () => pending?.reject(new SignInOver()), { once: true });

  const look = async (): Promise<number> => {
    const asked = pending;
    const found = await takeAnswer(db, taken, asked?.sequence ?? Number.NaN);
    if (found.kind === 'over') giveUp();
    if (found.kind === 'answer' && asked) {
      pending = undefined;
      asked.resolve(openBox(keys, aboutSignIn(taken, asked.sequence, 'answer'), found.sealed));
    }
    return PATIENCE_MS;
  };
  const loop = startLoop(look, {
    onError: (thrown) =>
      log.warn({ signInId: taken.signInId, ...describeError(thrown) }, 'a sign-in could not be looked at'),
  });
  /** One after the other, so that a question never stands behind the code it follows. */
  const write = (step: SignInStep): Promise<number | undefined> => {
    const written = writes.then(() => stepSignIn(db, taken, step));
    writes = written.catch(() => undefined);
    return written;
  };

  return {
    async ask(question, { hint, problem }) {
      const sequence = await write({ status: question, hint, problem });
      if (sequence === undefined) giveUp();
      if (sequence === undefined || over.aborted) throw new SignInOver();
      return new Promise((resolve, reject) => {
        pending = { sequence, resolve, reject };
        loop.nudge();
      });
    },
    show(link, shownMs) {
      write({ status: 'scan', link, shownMs })
        .then((sequence) => sequence === undefined && giveUp())
        .catch((thrown) => {
          log.warn({ signInId: taken.signInId, ...describeError(thrown) }, 'a QR code could not be shown');
          giveUp();
        });
    },
    claimEnd: async () => (await write({ status: 'connecting' })) !== undefined,
    hear: () => loop.nudge(),
    close: () => loop.stop(),
  };
}
