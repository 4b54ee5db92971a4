import { migrate } from '#db/migrate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords } from './command.ts';

/** `usher migrate`: safe on a database that is up to date, and from several machines at once. */
export const migrateCommand = defineCommand({
  synopsis: '',
  options: {},
  words: noWords,
  async run() {
    await migrate(readCommonConfig(readEnvironment()).databaseUrl);
    process.stdout.write('The database has the schema of this version.\n');
    return 0;
  },
});
