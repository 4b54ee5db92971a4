import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { addErasures } from '#db/commands/add-erasures.ts';
import { repeatErasures } from '#db/commands/repeat-erasures.ts';
import { createDb } from '#db/connect.ts';
import type { CommandContext } from '#db/context.ts';
import { createHashPerson, type HashPerson } from '#db/person-hash.ts';
import { listWorkspaces } from '#db/queries/list-workspaces.ts';
import { createTranslate } from '#locales/translate.ts';
import { createClock } from '#process/clock.ts';
import { readSuppressionConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option, UsageError } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';

const BATCH = 5_000;
const ADDED_AT_ONCE = 500;

/**
 * `usher erasures apply`: after a backup was restored, erases again whoever came back with it. `--from` names what
 * `usher erasures export` wrote, for erasures that the backup does not know. Lines of workspaces it does not know are
 * told and left.
 */
export const erasuresApply = defineCommand({
  synopsis: '',
  options: {
    from: option(
      '<file>',
      z.string().optional(),
      'what usher erasures export wrote, for those after the backup',
    ),
  },
  words: z.tuple([]),
  async run({ from }) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const { databaseUrl, suppressionKey, time } = readSuppressionConfig(env);
    const kept = from === undefined ? new Map<string, Buffer[]>() : readKept(from);
    const hashPerson = createHashPerson(suppressionKey);
    const clock = createClock(time);
    const { db, close } = createDb(databaseUrl, { role: 'usher_app', max: 2 });
    try {
      let erased = 0;
      const workspaces = await listWorkspaces(db);
      for (const { workspaceId } of workspaces) {
        const context = (): CommandContext => ({
          db,
          workspaceId,
          actor: { kind: 'system', part: 'terminal' },
          now: clock.now(),
        });
        const hashes = kept.get(workspaceId) ?? [];
        for (let at = 0; at < hashes.length; at += ADDED_AT_ONCE) {
          await addErasures(context(), { hashes: hashes.slice(at, at + ADDED_AT_ONCE) });
        }
        erased += await repeatAll(context, hashPerson);
      }
      const unknown = [...kept.keys()].filter(
        (id) => !workspaces.some(({ workspaceId }) => workspaceId === id),
      );
      process.stdout.write(`${t('erasures-applied', { erased })}\n`);
      if (unknown.length > 0) process.stderr.write(`${t('erasures-elsewhere', { count: unknown.length })}\n`);
      return 0;
    } finally {
      await close();
    }
  },
});

const repeatAll = async (context: () => CommandContext, hashPerson: HashPerson): Promise<number> => {
  let erased = 0;
  let after: string | undefined;
  do {
    const look = await repeatErasures(context(), { hashPerson, after, limit: BATCH });
    erased += look.erased;
    after = look.last;
  } while (after);
  return erased;
};

const LINE = /^([0-9a-f-]{36}) ([0-9a-f]{64})$/;

/** The hashes of a file by workspace. */
const readKept = (file: string): Map<string, Buffer[]> => {
  const kept = new Map<string, Buffer[]>();
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line === '') continue;
    const [, workspaceId, hash] = LINE.exec(line) ?? [];
    if (!workspaceId || !hash)
      throw new UsageError(`line ${index + 1} of ${file} is no line of erasures export`);
    kept.set(workspaceId, [...(kept.get(workspaceId) ?? []), Buffer.from(hash, 'hex')]);
  }
  return kept;
};
