import bigInt from 'big-integer';
import { Api, type TelegramClient } from 'telegram';
import type { CrowdCast } from '#sandbox/scenarios/cast.ts';
import { signInBare } from './bare-client.ts';
import type { Crowd } from './crowd-process.ts';

const PAGE = 200;

export type BareInviters = {
  /** Invites so many people that nobody invited before; people a second. */
  invite(people: number): Promise<number>;
};

type Inviter = { client: TelegramClient; target: Api.TypeInputPeer; people: Map<string, Api.InputUser> };

/** Bare clients that invite those of the crowd who have no photo into its target, each the next one nobody has taken. */
export async function openBareInviters(
  crowd: Crowd,
  accounts: CrowdCast['accounts'],
  closers: (() => Promise<unknown>)[],
): Promise<BareInviters> {
  const inviters: Inviter[] = [];
  for (const account of accounts) {
    const client = await signInBare(crowd, account);
    closers.push(() => client.destroy());
    inviters.push({
      client,
      target: await client.getInputEntity(crowd.cast.target.username ?? ''),
      people: await readPeople(client, await client.getInputEntity(crowd.cast.crowd.username ?? '')),
    });
  }
  const waiting = [...(inviters[0]?.people.keys() ?? [])];
  return {
    async invite(count) {
      const taken = waiting.splice(0, count);
      if (taken.length < count) throw new Error('the crowd has too few people without a photo');
      const startedAt = performance.now();
      await Promise.all(
        inviters.map(async (inviter) => {
          for (let id = taken.pop(); id !== undefined; id = taken.pop()) await inviteOne(inviter, id);
        }),
      );
      return count / ((performance.now() - startedAt) / 1000);
    },
  };
}

/** The calls of one attempt and of the look a day later. */
async function inviteOne({ client, target, people }: Inviter, id: string): Promise<void> {
  const user = people.get(id);
  if (!user) throw new Error('a client has not seen somebody');
  const look = () =>
    client
      .invoke(new Api.channels.GetParticipant({ channel: target, participant: toPeer(user) }))
      .catch(refusal);
  await look();
  const answer = await client
    .invoke(new Api.channels.InviteToChannel({ channel: target, users: [user] }))
    .catch(refusal);
  if (answer && answer.missingInvitees.length === 0) await look();
}

const hasPhoto = ({ photo }: Api.User): boolean => photo instanceof Api.UserProfilePhoto;

/** What Telegram refuses is an answer too. */
const refusal = (thrown: unknown): undefined => {
  if (thrown instanceof Error && 'errorMessage' in thrown) return undefined;
  throw thrown;
};

const toPeer = ({ userId, accessHash }: Api.InputUser) => new Api.InputPeerUser({ userId, accessHash });

async function readPeople(
  client: TelegramClient,
  group: Api.TypeInputPeer,
): Promise<Map<string, Api.InputUser>> {
  const people = new Map<string, Api.InputUser>();
  for (let offset = 0; ; offset += PAGE) {
    const page = await client.invoke(
      new Api.channels.GetParticipants({
        channel: group,
        filter: new Api.ChannelParticipantsSearch({ q: '' }),
        offset,
        limit: PAGE,
        hash: bigInt.zero,
      }),
    );
    if (!('users' in page) || page.users.length === 0) return people;
    for (const user of page.users) {
      if (!(user instanceof Api.User) || user.bot || user.deleted || hasPhoto(user) || !user.accessHash)
        continue;
      people.set(user.id.toString(), new Api.InputUser({ userId: user.id, accessHash: user.accessHash }));
    }
  }
}
