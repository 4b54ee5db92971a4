import { Secret } from '#core/secret.ts';
import { newestKey } from '#core/session-keys.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import type { CommandContext } from '#db/context.ts';
import { sealSession } from '#db/seal.ts';
import { signInByPhone, signInByQr } from '#workers/main.ts';
import type { Stage } from './stage.ts';

type CastAccount = Stage['cast']['accounts'][number];

/**
 * Signs every account of the cast in at once, each over its own connection: the last by a QR code that its owner scans,
 * the others by phone and code, with the password where there is one. Resolves with their ids in the cast's order.
 */
export function connectAccounts(
  stage: Stage,
  context: () => CommandContext,
  onConnected: () => void,
): Promise<string[]> {
  const { accounts } = stage.cast;
  return Promise.all(
    accounts.map(async (account) => {
      const { profile, session } = await signIn(stage, account, account === accounts.at(-1));
      const now = context();
      const { workspaceId } = now;
      const key = await newestKey(stage.workerConfig.sessionKeys);
      const { accountId } = await connectAccount(now, {
        profile,
        seal: (accountId) => sealSession(key, { workspaceId, accountId }, session),
      });
      onConnected();
      return accountId;
    }),
  );
}

function signIn({ workerConfig, control }: Stage, account: CastAccount, byQr: boolean) {
  const askPassword = async () => new Secret(account.password ?? '');
  if (byQr) {
    return signInByQr(workerConfig.telegram, {
      showLink: (link) => void control.acceptLogin(account.id, link.reveal()),
      askPassword,
    });
  }
  return signInByPhone(workerConfig.telegram, {
    phone: new Secret(account.phone),
    askCode: async () => new Secret(await control.code(account.phone)),
    askPassword,
  });
}
