import { refusalKey } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { newestKey } from '#core/session-keys.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { sealSession } from '#db/seal.ts';
import { createTranslate } from '#locales/translate.ts';
import { readWorkerConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { signInByPhone } from '#workers/main.ts';
import { defineCommand, noWords } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { ask, askHidden } from '../prompt.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher accounts connect`: asks for phone, code and password here, because Telegram voids codes sent in a chat. */
export const accountsConnect = defineCommand({
  synopsis: '',
  options: { as: asOption },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const config = readWorkerConfig(env);
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(config, flags.as, 'admin');
    try {
      const key = await newestKey(config.sessionKeys);
      const phone = new Secret(await ask(t('connect-phone')));
      const { profile, session } = await signInByPhone(config.telegram, {
        phone,
        askCode: async ({ problem }) => {
          if (problem) process.stdout.write(`${t(refusalKey(problem))}\n`);
          return new Secret(await ask(t('connect-code')));
        },
        askPassword: async ({ hint, problem }) => {
          if (problem) process.stdout.write(`${t(refusalKey(problem))}\n`);
          return askHidden(hint ? t('connect-password-hint', { hint }) : t('connect-password'));
        },
      });
      const context = operator.context();
      const { workspaceId } = context;
      await connectAccount(context, {
        profile,
        seal: (accountId) => sealSession(key, { workspaceId, accountId }, session),
      });
      process.stdout.write(`${t('connect-done', { name: profile.firstName })}\n`);
      return 0;
    } finally {
      config.sessionKeys.close();
      await operator.close();
    }
  },
});
