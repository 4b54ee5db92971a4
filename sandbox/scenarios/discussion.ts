import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Random } from '#sandbox/world/random.ts';
import type { Chat, ChatId, Message, User, UserId } from '#sandbox/world/types.ts';
import { addPeople } from './people.ts';

export type DiscussionPlan = {
  creator: UserId;
  posts: number;
  comments: number;
  /** People who are nowhere a member. */
  strangers: number;
  /** Further people who comment, members of other chats. */
  regulars: readonly User[];
  /** A channel whose owner comments in its name. */
  sendAs: ChatId;
};

const dayMs = 86_400_000;

/**
 * A broadcast channel with comments: a private discussion group whose commenters are mostly not its members, a few
 * anonymous admins, a send-as channel and a bot among them. The last post has no comment yet.
 */
export function addDiscussion(
  world: World,
  random: Random,
  plan: DiscussionPlan,
): { channel: Chat; group: Chat } {
  const { creator } = plan;
  const strangers = addPeople(world, random, plan.strangers);
  const group = addChat(world, {
    kind: 'supergroup',
    title: 'City News: talk',
    creator,
    members: plan.regulars.slice(0, 40).map((user) => user.id),
  });
  const channel = addChat(world, {
    kind: 'channel',
    title: 'City News',
    username: 'city_news',
    about: 'What happens in town, with comments.',
    creator,
    members: plan.regulars.map((user) => user.id),
  });
  linkDiscussion(world, { channel: channel.id, group: group.id });

  const people = [...strangers, ...plan.regulars].filter((user) => !user.deleted);
  const bot = people.find((user) => user.bot);
  const startMs = world.clock.now().getTime() - (plan.posts + 1) * dayMs;
  for (const { atMs, post, person } of schedule(random, plan, people)) {
    const at = new Date(startMs + atMs);
    if (person === undefined) {
      const text = `${random.pick(headlines)} (${post})`;
      sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text, at });
      continue;
    }
    const copy = group.postCopies.get(post) ?? 0;
    sendMessage(world, {
      from: author(random, { person, bot, group, sendAs: plan.sendAs }),
      to: { chat: group.id },
      text: random.pick(remarks),
      at,
      replyTo: random.chance(0.2) ? lastOf(group, copy) : copy,
    });
  }
  return { channel, group };
}

/** `post` is its id; without a person the entry is the post itself. */
type Entry = { atMs: number; post: number; person: User | undefined };

/** A post a day and its comments within twenty hours, in the order they happen. */
function schedule(random: Random, plan: DiscussionPlan, people: readonly User[]): Entry[] {
  const posts = Array.from({ length: plan.posts }, (_, day) => ({
    atMs: day * dayMs,
    post: day + 1,
    person: undefined,
  }));
  const comments = Array.from({ length: plan.comments }, (_, index) => {
    const { atMs, post } = random.pick(posts.slice(0, -1));
    // Everybody comments once before anybody does twice.
    const person = people[index] ?? random.pick(people);
    return { atMs: atMs + 60_000 + random.next() * (20 / 24) * dayMs, post, person };
  });
  return [...posts, ...comments].sort((a, b) => a.atMs - b.atMs);
}

type Authors = { person: User; bot: User | undefined; group: Chat; sendAs: ChatId };

function author(random: Random, { person, bot, group, sendAs }: Authors): Message['from'] {
  const roll = random.next();
  if (roll < 0.025) return { chat: group.id };
  if (roll < 0.05) return { chat: sendAs };
  if (roll < 0.065 && bot) return { user: bot.id };
  return { user: person.id };
}

function lastOf(group: Chat, top: number): number {
  return group.threads.get(top)?.at(-1)?.id ?? top;
}

const headlines = [
  'Новый парк откроют в субботу',
  'Трамвай №3 вернётся на старый маршрут',
  'The library stays open until ten',
  'Ярмарка рассады на площади',
  'A hundred new lime trees along the river',
  'Набережную закроют на ремонт',
];

const remarks = [
  'Наконец-то!',
  'А где взять рассаду?',
  'Great news, thank you',
  'Будем всей семьёй',
  'Who organises this?',
  'Давно пора было',
  'See you there',
  'Спасибо за новость',
  'Not everybody likes it',
  'Фото будут?',
];
