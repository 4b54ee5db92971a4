import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { createInviteLink, joinByLink } from '#sandbox/world/commands/invite-links.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import type { World } from '#sandbox/world/create-world.ts';

/** Everything of the world that shows differently: one of each kind of chat, person, message and standing. */
export function furnish(world: World) {
  const me = addUser(world, {
    firstName: 'Me',
    phone: '9996620001',
    password: { value: 'thyme', hint: 'herb' },
  });
  const plain = addUser(world, { firstName: 'Plain', phone: '9996620002', languageCode: 'en' });
  const away = addUser(world, { firstName: 'Away', phone: '9996640003', dcId: 4 });
  const bot = addUser(world, { firstName: 'Bot', username: 'helper_bot', bot: { token: '1:a' } });
  const at = new Date(1_700_000_000_000);
  const lastSeen = [
    { kind: 'online', until: new Date(2e12) },
    { kind: 'offline', at },
    { kind: 'recently' },
    { kind: 'lastWeek' },
    { kind: 'lastMonth' },
    { kind: 'longAgo' },
  ] as const;
  const ann = addUser(world, { firstName: 'Ann', lastName: 'Green', username: 'ann_green' });
  const bea = addUser(world, { firstName: 'Bea', lastName: 'Green', username: 'bea_green' });
  const others = lastSeen.map((seen, index) =>
    addUser(world, {
      firstName: 'Ann',
      lastName: 'Green',
      username: `ann_green_${index}`,
      lastSeen: seen,
      photo: index > 2,
    }),
  );
  const people = [ann, bea, ...others];
  const newcomer = addUser(world, { firstName: 'New' });
  const gone = addUser(world, { firstName: '', deleted: true });
  const members = [...people, gone, bot].map(({ id }) => id);
  const group = addChat(world, {
    kind: 'supergroup',
    title: 'Club',
    username: 'club',
    about: 'Us',
    creator: me.id,
    members,
  });
  const basic = addChat(world, {
    kind: 'group',
    title: 'Basic',
    creator: me.id,
    members: [ann.id],
    admins: [{ user: bea.id, rights: { inviteUsers: true } }],
  });
  const talk = addChat(world, { kind: 'supergroup', title: 'Talk', creator: me.id });
  const news = addChat(world, { kind: 'channel', title: 'News', username: 'news', creator: me.id });
  const empty = addChat(world, { kind: 'supergroup', title: 'Empty', members: [me.id] });
  const open = addChat(world, { kind: 'supergroup', title: 'Open', username: 'open_group' });
  const closed = addChat(world, { kind: 'channel', title: 'Closed' });
  linkDiscussion(world, { channel: news.id, group: talk.id });
  group.admins.set(ann.id, { inviteUsers: true, banUsers: false, postMessages: false });
  group.kicked.add(away.id);
  group.left.add(plain.id);

  const send = (
    from: { user: string } | { chat: string },
    to: { user: string } | { chat: string },
    more = {},
  ) => sendMessage(world, { from, to, text: 'Hello', ...more });
  send({ user: ann.id }, { chat: group.id });
  send({ user: ann.id }, { chat: group.id }, { replyTo: 1, media: { kind: 'photo', fileId: 'f' } });
  send({ chat: closed.id }, { chat: group.id }, { media: { kind: 'document', fileId: 'f', name: 'a.csv' } });
  send({ user: me.id }, { chat: basic.id });
  send({ chat: news.id }, { chat: news.id });
  send({ user: bea.id }, { chat: talk.id }, { replyTo: 1 });
  send({ user: me.id }, { user: bot.id });
  const keyboard = {
    inline_keyboard: [
      [
        { text: 'Yes', callback_data: 'y' },
        { text: 'Site', url: 'https://a.test' },
        { text: 'App', web_app: { url: 'https://b.test' } },
      ],
    ],
  };
  const entities = ['bold', 'text_link', 'pre', 'cashtag'].map((type) => ({
    type,
    offset: 0,
    length: 2,
    url: 'https://a.test',
    language: 'ts',
  }));
  const asked = send({ user: bot.id }, { user: me.id }, { keyboard, entities });
  const service = send({ user: me.id }, { user: bot.id });
  service.service = 'write_access_allowed';
  const link = createInviteLink(world, {
    chat: group.id,
    by: me.id,
    name: 'spring',
    memberLimit: 9,
    expiresAt: new Date(2e12),
  });
  const asking = createInviteLink(world, { chat: group.id, by: me.id, needsApproval: true });
  joinByLink(world, { hash: link.hash, user: addUser(world, { firstName: 'Linked' }).id });
  joinByLink(world, { hash: asking.hash, user: addUser(world, { firstName: 'Asking' }).id });
  world.onButton(async () => ({ text: 'Done', alert: true, url: 'https://a.test' }));
  return {
    me,
    plain,
    away,
    bot,
    ann,
    bea,
    people,
    newcomer,
    gone,
    group,
    basic,
    talk,
    news,
    empty,
    open,
    closed,
    asked,
    link,
    asking,
  };
}
