import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { joinChat } from '#sandbox/world/commands/join-chat.ts';
import { kickUser } from '#sandbox/world/commands/kick-user.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { createRandom, type Random } from '#sandbox/world/random.ts';
import type { Chat, User, UserId } from '#sandbox/world/types.ts';
import { addAccount, addBot, addTalker, castChat } from './accounts.ts';
import type { DemoCast } from './cast.ts';
import { addDiscussion } from './discussion.ts';
import { addPeople } from './people.ts';

const clubMembers = 10_000;

/** The world of `npm run demo`. The same seed gives the same people, so the same counts. */
export function seedDemo(world: World): DemoCast {
  const random = createRandom(`demo:${world.seed}`);
  const bot = addBot(world, { firstName: 'Usher', username: 'usher_demo_bot' });
  const owner = addTalker(world, {
    firstName: 'Ольга',
    username: 'olga_owner',
    phone: '79990000001',
    languageCode: 'ru',
  });
  const operator = addTalker(world, {
    firstName: 'Peter',
    username: 'peter_operator',
    phone: '447700900001',
    languageCode: 'en',
  });
  const accounts = [
    addAccount(world, { firstName: 'Iris', dcId: 2, number: 1 }),
    addAccount(world, { firstName: 'Basil', dcId: 2, number: 2, password: 'marigold-and-thyme' }),
    addAccount(world, { firstName: 'Clover', dcId: 4, number: 1 }),
    addAccount(world, { firstName: 'Sage', dcId: 1, number: 1 }),
  ];

  const people = addPeople(world, random, clubMembers);
  const peopleIds = people.map((user) => user.id);
  const gardenClub = addChat(world, {
    kind: 'supergroup',
    title: 'Клуб садоводов · Garden Club',
    username: 'garden_club',
    about: 'Seeds, seedlings and everything that grows.',
    members: peopleIds,
  });
  const quietChannel = addQuietChannel(world, peopleIds.slice(0, 1200));
  const closedClub = addChat(world, {
    kind: 'supergroup',
    title: 'Closed Club',
    username: 'closed_club',
    membersHidden: true,
    members: peopleIds.slice(1200, 1700),
  });
  const helpers = accounts.map(({ id }) => ({ user: id, rights: { inviteUsers: true } }));
  const bigChannel = addChat(world, {
    kind: 'channel',
    title: 'Big Channel',
    username: 'big_channel',
    creator: owner.id,
    admins: helpers,
    members: peopleIds.slice(1700, 1945),
  });
  const { channel: cityNews, group: cityNewsTalk } = addDiscussion(world, random, {
    creator: owner.id,
    posts: 30,
    comments: 600,
    strangers: 150,
    regulars: people.slice(2000, 2100),
    sendAs: quietChannel.id,
  });
  const target = addChat(world, {
    kind: 'supergroup',
    title: 'Городские садоводы · City Gardeners',
    username: 'city_gardeners',
    creator: owner.id,
    admins: [...helpers, { user: bot.id, rights: { inviteUsers: true, banUsers: true } }],
    members: addPeople(world, random, 60).map((user) => user.id),
  });
  mingle(world, random, { target, people, owner: owner.id });

  return {
    bot,
    owner,
    operator,
    accounts,
    chats: {
      gardenClub: castChat(gardenClub),
      cityNews: castChat(cityNews),
      cityNewsTalk: castChat(cityNewsTalk),
      quietChannel: castChat(quietChannel),
      closedClub: castChat(closedClub),
      bigChannel: castChat(bigChannel),
      target: castChat(target),
    },
  };
}

function addQuietChannel(world: World, members: UserId[]): Chat {
  const channel = addChat(world, {
    kind: 'channel',
    title: 'Quiet Channel',
    username: 'quiet_channel',
    members,
  });
  for (const text of ['Добро пожаловать', 'Rules', 'Расписание', 'A quiet week'])
    sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text });
  return channel;
}

/** Some of the club's people are in the target already, some have left it, some were thrown out. */
function mingle(
  world: World,
  random: Random,
  { target, people, owner }: { target: Chat; people: readonly User[]; owner: UserId },
): void {
  const named = people.filter((user) => user.username !== undefined && !user.bot);
  const drawn = new Set<User>();
  while (drawn.size < 65) drawn.add(random.pick(named));
  for (const [index, user] of [...drawn].entries()) {
    joinChat(world, { chat: target.id, user: user.id });
    if (index >= 55) kickUser(world, { chat: target.id, user: user.id, by: owner });
    else if (index >= 40) leaveChat(world, { chat: target.id, user: user.id });
  }
}
