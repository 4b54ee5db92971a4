import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { type PersonData, type PersonQuestion, readPersonData } from '../person-data.ts';

/** Everything the workspace keeps of one person, for them to have; the audit keeps that it was given, and no more. */
export const handOutPerson = (ctx: CommandContext, input: PersonQuestion): Promise<PersonData> =>
  runCommand(ctx, 'owner', async (tx) => {
    const [hash] = input.hashPerson(input.person);
    if (!hash) throw new Refused('target.no_identifier');
    const data = await readPersonData(tx, input);
    await appendAudit(tx, ctx, {
      action: 'person.handed_out',
      after: { hash: hash.toString('hex'), people: data.people.length },
    });
    return data;
  });
