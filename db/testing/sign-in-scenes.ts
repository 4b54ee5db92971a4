import { randomUUID } from 'node:crypto';
import { Secret } from '#core/secret.ts';
import { answerSignIn } from '../commands/answer-sign-in.ts';
import { cancelSignIn } from '../commands/cancel-sign-in.ts';
import { createConnectLink } from '../commands/create-connect-link.ts';
import { endSignIn } from '../commands/end-sign-in.ts';
import { openConnectLink } from '../commands/open-connect-link.ts';
import { startSignIn } from '../commands/start-sign-in.ts';
import { findConnectPage, hashOf } from '../connect-pages.ts';
import { createBoxKeys } from '../sealed-box.ts';
import { stepSignIn, takeSignIn } from '../sign-ins.ts';
import type { Scene, Stage } from './work-scenes.ts';

const openPage = async ({ db, home }: Stage) => {
  const { token } = await createConnectLink(home.owner);
  await openConnectLink(home.owner, { token, ticket: undefined });
  const page = await findConnectPage(db.app, { tokenHash: hashOf(token) });
  if (!page) throw new Error('the page is open');
  return { linkId: page.linkId };
};
const beginSignIn = async (stage: Stage) => {
  const { linkId } = await openPage(stage);
  const { signInId } = await startSignIn(stage.home.owner, { linkId, method: 'phone' });
  const worker = { runId: randomUUID(), workerKey: createBoxKeys().publicKey };
  const { workspaceId } = stage.home;
  const taken = await takeSignIn(stage.db.worker, { workspaceId, signInId }, worker);
  if (!taken) throw new Error('the sign-in waits');
  return { linkId, signInId, taken };
};

/** A scene for every command of the page that connects accounts, by its file. */
export const signInScenes: Record<string, Scene> = {
  'answer-sign-in': async (stage) => {
    const { taken, linkId, signInId } = await beginSignIn(stage);
    const sequence = (await stepSignIn(stage.db.worker, taken, { status: 'phone' })) ?? 0;
    const answer = new Secret('79990000000');
    return () => answerSignIn(stage.home.owner, { linkId, signInId, sequence, question: 'phone', answer });
  },
  'cancel-sign-in': async (stage) => {
    const { linkId, signInId } = await beginSignIn(stage);
    return () => cancelSignIn(stage.home.owner, { linkId, signInId });
  },
  'create-connect-link': async ({ home }) => {
    return () => createConnectLink(home.owner);
  },
  'end-sign-in': async (stage) => {
    const { taken } = await beginSignIn(stage);
    return () => endSignIn(stage.home.worker, { taken, end: { status: 'expired' } });
  },
  'open-connect-link': async ({ home }) => {
    const { token } = await createConnectLink(home.owner);
    return () => openConnectLink(home.owner, { token, ticket: undefined });
  },
  'start-sign-in': async (stage) => {
    const { linkId } = await openPage(stage);
    return () => startSignIn(stage.home.owner, { linkId, method: 'qr' });
  },
};
