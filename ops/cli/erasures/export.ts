import { createDb } from '#db/connect.ts';
import { listErasures } from '#db/queries/list-erasures.ts';
import { listWorkspaces } from '#db/queries/list-workspaces.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords } from '../command.ts';

/**
 * `usher erasures export`: a line for each person who was erased, workspace and keyed hash. Kept beside the backups, they
 * tell `usher erasures apply` whom to erase again after a restore.
 */
export const erasuresExport = defineCommand({
  synopsis: '',
  options: {},
  words: noWords,
  async run() {
    const config = readCommonConfig(readEnvironment());
    const { db, close } = createDb(config.databaseUrl, { role: 'usher_app', max: 2 });
    try {
      for (const { workspaceId } of await listWorkspaces(db)) {
        for (const hash of await listErasures({ db, workspaceId })) {
          process.stdout.write(`${workspaceId} ${hash.toString('hex')}\n`);
        }
      }
      return 0;
    } finally {
      await close();
    }
  },
});
