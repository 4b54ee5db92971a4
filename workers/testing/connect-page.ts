import type { SignInMethod, SignInQuestion, SignInStatus } from '#core/account/sign-in.ts';
import { Secret } from '#core/secret.ts';
import { answerSignIn } from '#db/commands/answer-sign-in.ts';
import { cancelSignIn } from '#db/commands/cancel-sign-in.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import { openConnectLink } from '#db/commands/open-connect-link.ts';
import { startSignIn } from '#db/commands/start-sign-in.ts';
import { findConnectPage, findSignIn, hashOf, pageKeysOf, type SignInNow } from '#db/connect-pages.ts';
import { openBox } from '#db/sealed-box.ts';
import { aboutSignIn, listenForSignIns } from '#db/sign-ins.ts';
import type { Stage } from './stage.ts';

/** The page as the server serves it, without HTTP between. */
export async function openConnectPage(stage: Stage) {
  const { workspaceId, db } = stage;
  const { token } = await createConnectLink(stage.context());
  const { ticket } = await openConnectLink(stage.context(), { token, ticket: undefined });
  const page = await findConnectPage(db.app, { ticketHash: hashOf(ticket) });
  if (!page) throw new Error('the page is open');
  const { linkId } = page;
  const now = () => findSignIn(db.app, { workspaceId, linkId });
  const until = async (fits: (signIn: SignInNow) => boolean): Promise<SignInNow> => {
    let wake = () => {};
    const stop = await listenForSignIns(db.sql, () => wake());
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const signIn = await now();
      if (signIn && fits(signIn)) {
        await stop();
        return signIn;
      }
      await woken;
    }
  };
  return {
    now,
    /** Resolves with the sign-in when it has come to one of these. */
    reaches: (...statuses: SignInStatus[]) => until(({ status }) => statuses.includes(status)),
    until,
    start: (method: SignInMethod) => startSignIn(stage.context(), { linkId, method }),
    answer: ({ signInId, sequence }: SignInNow, question: SignInQuestion, text: string) =>
      answerSignIn(stage.context(), { linkId, signInId, sequence, question, answer: new Secret(text) }),
    cancel: ({ signInId }: SignInNow) => cancelSignIn(stage.context(), { linkId, signInId }),
    /** What stands in the QR code. */
    linkOf({ signInId, sequence, shown }: SignInNow): string {
      if (!shown) throw new Error('no code is shown');
      const about = aboutSignIn({ workspaceId, signInId }, sequence, 'shown');
      return openBox(pageKeysOf(ticket), about, shown).reveal();
    },
  };
}
