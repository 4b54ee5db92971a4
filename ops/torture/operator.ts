import { setTimeout as wait } from 'node:timers/promises';
import { Refused } from '#core/refusals.ts';
import { resumeCampaign } from '#db/commands/resume-campaign.ts';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import type { Random } from '#sandbox/world/random.ts';
import { patiently } from './patiently.ts';
import type { Play } from './play.ts';
import type { Stage } from './stage.ts';
import type { Tally } from './tally.ts';

/** The person who runs the campaigns: suppresses people in the middle of it, and resumes what has paused itself. */
export type Operator = {
  /** The business moment at which the suppression of a person was committed, by Telegram's id. */
  suppressed: ReadonlyMap<string, number>;
  stopSuppressing(): void;
  stop(): Promise<void>;
};

const INTERVAL_MS = 400;
const SUPPRESSED_AT_ONCE = 2;

export function startOperator(stage: Stage, play: Play, random: Random, tally: Tally): Operator {
  const suppressed = new Map<string, number>();
  let suppresses = true;
  let works = true;

  async function suppressSome(): Promise<void> {
    const people = await stage.sql<{ telegram_id: string }[]>`
      select p.telegram_id from target t join person p on p.id = t.person_id
      where t.status in ('pending', 'attempting') and p.telegram_id is not null order by p.telegram_id`;
    for (let n = 0; n < SUPPRESSED_AT_ONCE && people.length > 0; n += 1) {
      const telegramId = random.pick(people).telegram_id;
      if (suppressed.has(telegramId)) continue;
      await suppressPerson(play.context(), {
        person: { telegramId },
        scope: 'workspace',
        reason: 'asked not to be contacted',
        hashPerson: play.hashPerson,
      });
      suppressed.set(telegramId, stage.clock.now().getTime());
      tally.note('suppressions');
    }
  }

  async function resumePaused(): Promise<void> {
    const paused = await stage.sql<{ id: string }[]>`select id from campaign where status = 'paused'`;
    for (const { id } of paused) {
      try {
        await resumeCampaign(play.context(), { campaignId: id, reason: 'the torture goes on' });
        tally.note('resumed campaigns');
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
      }
    }
  }

  const work = async () => {
    while (works) {
      await wait(INTERVAL_MS);
      await patiently(async () => {
        if (suppresses) await suppressSome();
        await resumePaused();
      });
    }
  };
  const working = work();
  return {
    suppressed,
    stopSuppressing() {
      suppresses = false;
    },
    async stop() {
      works = false;
      await working;
    },
  };
}
