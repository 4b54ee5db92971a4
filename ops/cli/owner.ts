import { z } from 'zod';
import { LANGUAGES } from '#core/statuses.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { createDb } from '#db/connect.ts';
import { migrate } from '#db/migrate.ts';
import { createClock } from '#process/clock.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option } from './command.ts';

export const telegramIdWord = z.string().regex(/^[1-9]\d{0,18}$/);

/** `usher owner`: the person may then write `/start` to the bot. */
export const owner = defineCommand({
  synopsis: '<telegram id>',
  options: {
    name: option('<text>', z.string().trim().min(1), 'the name of the workspace'),
    'first-name': option('<text>', z.string().trim().min(1).default('Owner'), "the owner's first name"),
    language: option('<language>', z.enum(LANGUAGES).default('en'), `one of ${LANGUAGES.join(', ')}`),
  },
  words: z.tuple([telegramIdWord]),
  async run(flags, [telegramId]) {
    const { databaseUrl, time } = readCommonConfig(readEnvironment());
    await migrate(databaseUrl);
    const { db, close } = createDb(databaseUrl, { role: 'migrator', max: 1 });
    try {
      const person = { telegramId, firstName: flags['first-name'], language: flags.language };
      const { workspaceId } = await claimWorkspace(db, {
        name: flags.name,
        owner: person,
        now: createClock(time).now(),
      });
      process.stdout.write(`Workspace "${flags.name}" (${workspaceId}) belongs to ${telegramId}.\n`);
      return 0;
    } finally {
      await close();
    }
  },
});
