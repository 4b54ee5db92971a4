import { findSignIn, pageKeysOf, type SignInNow } from '#db/connect-pages.ts';
import { openBox } from '#db/sealed-box.ts';
import { aboutSignIn } from '#db/sign-ins.ts';
import type { ConnectState, SignInView } from '#miniapp/contract/connect.ts';
import type { ServerDeps } from '../deps.ts';
import { getPage, type OpenPage } from './ticket.ts';

/** What the page shows now. Throws when the page has ended. */
export const readState = async (
  deps: Pick<ServerDeps, 'db'>,
  { ticket }: Pick<OpenPage, 'ticket'>,
): Promise<ConnectState> => {
  const page = await getPage(deps, ticket);
  const signIn = await findSignIn(deps.db, page);
  const { workspaceName: workspace, language } = page;
  return { workspace, language, signIn: signIn ? viewOf(page, signIn) : null };
};

const viewOf = (page: OpenPage, { shown, shownLeftMs, account, ...signIn }: SignInNow): SignInView => {
  const about = aboutSignIn({ ...page, signInId: signIn.signInId }, signIn.sequence, 'shown');
  return {
    ...signIn,
    link: shown ? openBox(pageKeysOf(page.ticket), about, shown).reveal() : null,
    linkLeftMs: shown ? shownLeftMs : null,
    account: account ?? null,
  };
};
