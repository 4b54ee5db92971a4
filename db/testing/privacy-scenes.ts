import { later } from '#core/duration.ts';
import { RETENTION_EVERY_MS } from '#core/retention.ts';
import { addErasures } from '../commands/add-erasures.ts';
import { changeRetention } from '../commands/change-retention.ts';
import { erasePerson } from '../commands/erase-person.ts';
import { expirePeople } from '../commands/expire-people.ts';
import { handOutPerson } from '../commands/hand-out-person.ts';
import { repeatErasures } from '../commands/repeat-erasures.ts';
import { hashPerson, noon, parsePeople, seenPerson } from './factories.ts';
import type { Scene } from './work-scenes.ts';

/** A scene for each command that forgets people. */
export const privacyScenes: Record<string, Scene> = {
  'change-retention':
    async ({ home }) =>
    () =>
      changeRetention(home.owner, { keptDays: 7 }),
  'expire-people':
    async ({ home }) =>
    () =>
      expirePeople(home.at(later(noon, RETENTION_EVERY_MS)).worker, { limit: 10 }),
  'erase-person':
    async ({ home }) =>
    () =>
      erasePerson(home.owner, { person: { username: 'anna_k' }, hashPerson }),
  'hand-out-person':
    async ({ home }) =>
    () =>
      handOutPerson(home.owner, { person: { username: 'anna_k' }, hashPerson }),
  'add-erasures':
    async ({ home }) =>
    () =>
      addErasures(home.owner, { hashes: hashPerson({ telegramId: '7' }) }),
  'repeat-erasures': async ({ home, held }) => {
    const person = seenPerson();
    await erasePerson(home.owner, { person, hashPerson });
    await parsePeople(home, held, [person]);
    return () => repeatErasures(home.worker, { hashPerson, after: undefined, limit: 10 });
  },
};
