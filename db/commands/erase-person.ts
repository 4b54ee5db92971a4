import { Refused } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { type Erased, erasePerson as erase } from '../erasing.ts';
import { appendEvent } from '../outbox.ts';
import type { HashPerson, PersonIdentity } from '../person-hash.ts';
import { lockSuppressions } from '../suppressions.ts';

/**
 * Erases a person everywhere in the workspace; they are never contacted again and stay erased. Also of somebody nobody
 * knows, whom it keeps from being contacted. Refuses with `target.no_identifier`.
 */
export const erasePerson = (
  ctx: CommandContext,
  input: { person: PersonIdentity; hashPerson: HashPerson },
): Promise<Erased> =>
  runCommand(ctx, 'owner', async (tx) => {
    const { person: identity, hashPerson } = input;
    const [hash] = hashPerson(identity);
    if (!hash) throw new Refused('target.no_identifier');
    await lockSuppressions(tx, ctx.workspaceId, 'writes');
    const erased = await erase(tx, ctx, { identity, hashPerson });
    await appendEvent(tx, ctx, { kind: 'person.erased', payload: { people: erased.people } });
    await appendAudit(tx, ctx, { action: 'person.erased', after: { hash: hash.toString('hex'), ...erased } });
    return erased;
  });
