import { refusalKey } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { newestKey } from '#core/session-keys.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { sealSession } from '#db/seal.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import { readWorkerConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { type SignedIn, signInByPhone, signInByQr, type TelegramConfig } from '#workers/main.ts';
import { defineCommand, flag, noWords } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { ask, askHidden } from '../prompt.ts';
import { terminalLanguage } from '../terminal-language.ts';
import { createQrPicture } from './qr-picture.ts';

/** `usher accounts connect`: shows a QR code, or asks for phone and code here: Telegram voids codes sent in a chat. */
export const accountsConnect = defineCommand({
  synopsis: '',
  options: { as: asOption, phone: flag('by phone number and code, instead of a QR code') },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const config = readWorkerConfig(env);
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(config, flags.as, 'admin');
    try {
      const key = await newestKey(config.sessionKeys);
      const { profile, session } = await (flags.phone ? askPhone : showCode)(config.telegram, t);
      const context = operator.context();
      const { workspaceId } = context;
      const { isNew } = await connectAccount(context, {
        profile,
        seal: (accountId) => sealSession(key, { workspaceId, accountId }, session),
      });
      process.stdout.write(`${t(isNew ? 'connect-done' : 'connect-again', { name: profile.firstName })}\n`);
      return 0;
    } finally {
      config.sessionKeys.close();
      await operator.close();
    }
  },
});

const showCode = (telegram: TelegramConfig, t: Translate): Promise<SignedIn> => {
  process.stdout.write(`${t('connect-scan')}\n`);
  const picture = createQrPicture(process.stdout, t('connect-scan-next'));
  return signInByQr(telegram, {
    showLink: (link) => picture.show(link.reveal()),
    askPassword: askPassword(t),
  });
};

const askPhone = async (telegram: TelegramConfig, t: Translate): Promise<SignedIn> =>
  signInByPhone(telegram, {
    phone: new Secret(await ask(t('connect-phone'))),
    askCode: async ({ problem }) => {
      if (problem) process.stdout.write(`${t(refusalKey(problem))}\n`);
      return new Secret(await ask(t('connect-code')));
    },
    askPassword: askPassword(t),
  });

const askPassword =
  (t: Translate): Parameters<typeof signInByQr>[1]['askPassword'] =>
  async ({ hint, problem }) => {
    if (problem) process.stdout.write(`${t(refusalKey(problem))}\n`);
    return askHidden(hint ? t('connect-password-hint', { hint }) : t('connect-password'));
  };
