import { createPolicySigner } from '#db/policy-signature.ts';
import { createTranslate } from '#locales/translate.ts';
import { readPolicySigningKey } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher policy keys`: never shows the private half. */
export const policyKeys = defineCommand({
  synopsis: '',
  options: {},
  words: noWords,
  async run() {
    const env = readEnvironment();
    const { publicKey } = createPolicySigner(readPolicySigningKey(env));
    const t = createTranslate(terminalLanguage(env));
    process.stdout.write(`${t('policy-public-key', { key: publicKey.toString('base64') })}\n`);
    return 0;
  },
});
