import { serveAccount } from './account.ts';
import { serveExportedAuthorization } from './auth/exported-authorization.ts';
import { serveLoginToken } from './auth/login-token.ts';
import { servePassword } from './auth/password.ts';
import { servePhoneCode } from './auth/phone-code.ts';
import { serveChannels } from './channels/chats.ts';
import { serveInvites } from './channels/invite.ts';
import { serveParticipants } from './channels/participants.ts';
import { serveContacts } from './contacts.ts';
import type { RpcDeps } from './deps.ts';
import { serveHelp } from './help.ts';
import { serveDialogs } from './messages/dialogs.ts';
import { serveGroups } from './messages/groups.ts';
import { serveInviteLinks } from './messages/invite-links.ts';
import { serveReactions } from './messages/reactions.ts';
import { serveReading } from './messages/read.ts';
import { serveSending } from './messages/send.ts';
import { pushUpdates } from './push-updates.ts';
import { createServe } from './serve.ts';
import { serveUpdates } from './updates.ts';
import { serveUsers } from './users.ts';

/** Serves every method the product calls on this world and pushes its events. Returns how to stop pushing. */
export function registerRpc(deps: RpcDeps): () => void {
  const serve = createServe(deps);
  const namespaces = [
    serveHelp,
    serveUpdates,
    servePhoneCode,
    servePassword,
    serveLoginToken,
    serveExportedAuthorization,
    serveAccount,
    serveUsers,
    serveContacts,
    serveChannels,
    serveParticipants,
    serveInvites,
    serveReading,
    serveReactions,
    serveSending,
    serveGroups,
    serveInviteLinks,
    serveDialogs,
  ];
  for (const serveNamespace of namespaces) serveNamespace(serve, deps);
  return pushUpdates(deps);
}
