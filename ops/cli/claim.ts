import { z } from 'zod';
import { Refused } from '#core/refusals.ts';
import { claimMessage } from '#core/team/deep-links.ts';
import { createClaimCode } from '#db/claim-codes.ts';
import { createDb } from '#db/connect.ts';
import { migrate } from '#db/migrate.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords, option } from './command.ts';
import { terminalLanguage } from './terminal-language.ts';

const LIFETIME_MS = 3_600_000;

/** `usher claim`: a code that makes the first who tells it to the bot the owner. Refuses once somebody is. */
export const claim = defineCommand({
  synopsis: '',
  options: {
    name: option(
      '<text>',
      z.string().trim().min(1).max(100).optional(),
      'the name of the workspace; named after its owner without',
    ),
  },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const { databaseUrl } = readCommonConfig(env);
    await migrate(databaseUrl);
    const { db, close } = createDb(databaseUrl, { role: 'usher_app', max: 1 });
    try {
      const code = await createClaimCode(db, { lifetimeMs: LIFETIME_MS, workspaceName: flags.name });
      if (!code) throw new Refused('claim.already_owned');
      const t = createTranslate(terminalLanguage(env));
      process.stdout.write(`${t('claim-code', { message: claimMessage(code) })}\n`);
      return 0;
    } finally {
      await close();
    }
  },
});
