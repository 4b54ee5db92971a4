import { refusalKey } from '#core/refusals.ts';
import type { KeySource, KeysAway, SealKeys } from '#core/session-keys.ts';
import { rewrapSessions } from '#db/commands/rewrap-sessions.ts';
import { createDb } from '#db/connect.ts';
import type { Db } from '#db/context.ts';
import { listKeyUse } from '#db/queries/list-key-use.ts';
import { KeysGone, rewrapThrough, rewrapWith } from '#db/session-keys.ts';
import { createTranslate } from '#locales/translate.ts';
import { createClock } from '#process/clock.ts';
import { readKeysConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';

const BATCH = 500;

/**
 * `usher keys rotate`: gives every session the newest key while everything runs. Ended in the middle it goes on where
 * it was; ends with 1 when there are sessions whose key is missing, which stay as they are.
 */
export const keysRotate = defineCommand({
  synopsis: '',
  options: {},
  words: noWords,
  async run() {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const config = readKeysConfig(env);
    const tellAway = (because: KeysAway) => {
      process.stderr.write(`${t(refusalKey(`session_keys.${because}`))}\n`);
      return 1;
    };
    const answer = await config.sessionKeys.read();
    if (!answer.ok) {
      config.sessionKeys.close();
      return tellAway(answer.because);
    }
    const clock = createClock(config.time);
    const { db, close } = createDb(config.databaseUrl, { role: 'usher_worker', max: 2 });
    try {
      const [{ id: key }] = answer.keys;
      const say = (left: number) => void process.stdout.write(`${t('keys-left', { key, left })}\n`);
      const unopenable = await rotate(db, config.sessionKeys, answer.keys, clock.now, say);
      process.stdout.write(
        `${t(unopenable > 0 ? 'keys-unopenable' : 'keys-rotated', { key, unopenable })}\n`,
      );
      return unopenable > 0 ? 1 : 0;
    } catch (error) {
      if (error instanceof KeysGone) return tellAway(error.because);
      throw error;
    } finally {
      config.sessionKeys.close();
      await close();
    }
  },
});

/** Answers how many sessions could not be opened. */
async function rotate(
  db: Db,
  source: KeySource,
  keys: SealKeys,
  now: () => Date,
  say: (left: number) => void,
): Promise<number> {
  const newestId = keys[0].id;
  const rewrap = source.transit ? rewrapThrough(source) : rewrapWith(keys);
  const old = (await listKeyUse(db)).filter(({ keyId }) => keyId !== newestId);
  let left = old.reduce((sum, { sessions }) => sum + sessions, 0);
  let unopenable = 0;
  say(left);
  for (const workspaceId of new Set(old.map((use) => use.workspaceId))) {
    let after: string | undefined;
    do {
      const actor = { kind: 'system', part: 'terminal' } as const;
      const done = await rewrapSessions(
        { db, actor, workspaceId, now: now() },
        { newestId, rewrap, after, limit: BATCH },
      );
      left -= done.rewrapped;
      unopenable += done.unopenable;
      after = done.last;
      if (done.rewrapped > 0) say(left);
    } while (after);
  }
  return unopenable;
}
