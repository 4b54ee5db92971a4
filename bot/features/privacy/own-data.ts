import { erasePerson } from '#db/commands/erase-person.ts';
import { handOutPerson } from '#db/commands/hand-out-person.ts';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import type { CommandContext } from '#db/context.ts';
import type { PersonData } from '#db/person-data.ts';
import type { PersonIdentity } from '#db/person-hash.ts';
import { getOperatorData, type OperatorData } from '#db/queries/get-operator-data.ts';
import { getPersonData } from '#db/queries/get-person-data.ts';
import { listWorkspaces } from '#db/queries/list-workspaces.ts';
import { stopContact } from '#db/stopped-people.ts';
import type { BotDeps } from '../../deps.ts';

type Person = PersonIdentity & { telegramId: string };

/** Of every workspace that keeps anything of a person. */
export type OwnData = { operator: OperatorData | null; workspaces: PersonData[] };

/** Everything that this Usher keeps of somebody, in every workspace. */
export const collectOwnData = async (deps: BotDeps, person: Person): Promise<OwnData> => {
  const workspaces: PersonData[] = [];
  for (const ctx of await everyWorkspace(deps)) {
    const question = { person, hashPerson: deps.hashPerson };
    const { people, suppressions } = await getPersonData(ctx, question);
    if (people.length + suppressions.length > 0) workspaces.push(await handOutPerson(ctx, question));
  }
  return { operator: await getOperatorData(deps.db, person), workspaces };
};

/** Erases somebody from every workspace; from then on nobody contacts them, in workspaces made later either. */
export const eraseOwnData = async (deps: BotDeps, person: Person): Promise<void> => {
  const { db, clock, hashPerson } = deps;
  await stopContact(db, { person, hashPerson, now: clock.now() });
  for (const ctx of await everyWorkspace(deps)) await erasePerson(ctx, { person, hashPerson });
};

/** Stops all contact, and suppresses the complaint's author by name in each workspace that has tried to reach them. */
export const complain = async (deps: BotDeps, person: Person): Promise<void> => {
  const { db, clock, hashPerson } = deps;
  await stopContact(db, { person, hashPerson, now: clock.now() });
  for (const ctx of await everyWorkspace(deps)) {
    const { attempts } = await getPersonData(ctx, { person, hashPerson });
    if (attempts.length === 0) continue;
    await suppressPerson(ctx, { person, scope: 'workspace', reason: 'complaint', hashPerson });
  }
};

const everyWorkspace = async ({ db, clock }: BotDeps): Promise<CommandContext[]> => {
  const places = await listWorkspaces(db);
  return places.map(({ workspaceId }) => ({
    db,
    workspaceId,
    actor: { kind: 'system', part: 'bot' },
    now: clock.now(),
  }));
};
