import { expect, it } from 'vitest';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { joinByLink } from '#sandbox/world/commands/invite-links.ts';
import { joinChat } from '#sandbox/world/commands/join-chat.ts';
import { promoteMember } from '#sandbox/world/commands/promote-member.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { createBotScene, refusalOf } from './testing/bot-scene.ts';

async function createGroupScene() {
  const scene = await createBotScene();
  const owner = addUser(scene.world, { firstName: 'Owner' });
  const group = addChat(scene.world, {
    kind: 'supergroup',
    title: 'Makers',
    username: 'makers',
    creator: owner.id,
    members: [scene.botUser.id],
  });
  const groupId = Number(`-100${group.id}`);
  const promote = () =>
    promoteMember(scene.world, {
      chat: group.id,
      user: scene.botUser.id,
      rights: { inviteUsers: true },
      by: owner.id,
    });
  return { ...scene, owner, group, groupId, promote };
}

it('shows chat_member updates only to an administrator that asks for them', async () => {
  const { api, world, group, promote } = await createGroupScene();
  const join = () => {
    const user = addUser(world, { firstName: 'Guest' });
    joinChat(world, { chat: group.id, user: user.id });
    return Number(user.id);
  };
  const chatMembers = async () => {
    const updates = await api.getUpdates({ allowed_updates: ['chat_member', 'my_chat_member'] });
    return updates.flatMap((update) => update.chat_member ?? []);
  };
  join();
  await chatMembers();
  join();
  expect(await chatMembers()).toEqual([]);
  promote();
  const guest = join();
  expect(await chatMembers()).toMatchObject([
    { old_chat_member: { status: 'left' }, new_chat_member: { status: 'member', user: { id: guest } } },
  ]);
});

it('tells a bot that it was promoted', async () => {
  const { api, promote, groupId } = await createGroupScene();
  promote();
  const updates = await api.getUpdates();
  expect(updates.at(-1)?.my_chat_member).toMatchObject({
    chat: { id: groupId, type: 'supergroup' },
    new_chat_member: { status: 'administrator', can_invite_users: true, can_restrict_members: false },
  });
});

it('makes a link that asks, hands over the request and lets the applicant in', async () => {
  const { api, world, groupId, group, promote } = await createGroupScene();
  const ask = { creates_join_request: true, name: 'Front door' };
  expect((await refusalOf(api.createChatInviteLink(groupId, ask))).description).toBe(
    'Bad Request: not enough rights to manage chat invite link',
  );
  promote();
  const link = await api.createChatInviteLink(groupId, ask);
  const applicant = addUser(world, { firstName: 'Applicant' });
  joinByLink(world, { hash: link.invite_link.split('+')[1]!, user: applicant.id });
  const request = (await api.getUpdates()).at(-1)?.chat_join_request;
  expect(request).toMatchObject({
    user_chat_id: Number(applicant.id),
    invite_link: { name: 'Front door', pending_join_request_count: 1 },
  });
  // A request opens a conversation the bot may begin.
  await api.sendMessage(request!.user_chat_id, 'One moment');
  await api.approveChatJoinRequest(groupId, Number(applicant.id));
  expect(group.members.has(applicant.id)).toBe(true);
  expect((await refusalOf(api.declineChatJoinRequest(groupId, Number(applicant.id)))).description).toBe(
    'Bad Request: USER_ALREADY_PARTICIPANT',
  );
  await api.revokeChatInviteLink(groupId, link.invite_link);
  const late = addUser(world, { firstName: 'Late' });
  expect(() => joinByLink(world, { hash: link.invite_link.split('+')[1]!, user: late.id })).toThrow(
    'INVITE_HASH_EXPIRED',
  );
});

it('in a group hears commands, mentions and replies, and everything once it is an administrator', async () => {
  const { api, world, group, groupId, owner, promote } = await createGroupScene();
  const say = (text: string, replyTo?: number) =>
    sendMessage(world, {
      from: { user: owner.id },
      to: { chat: group.id },
      text,
      ...(replyTo !== undefined && { replyTo }),
    });
  const own = await api.sendMessage(groupId, 'Hello all');
  say('nothing for bots');
  say('/status');
  say('/status@other_bot');
  say('ask @usher_bot');
  say('a reply', own.message_id);
  promote();
  say('nothing for bots again');
  const texts = (await api.getUpdates()).flatMap((update) => update.message?.text ?? []);
  expect(texts).toEqual(['/start', '/status', 'ask @usher_bot', 'a reply', 'nothing for bots again']);
});

it('knows members, those outside, and chats the bot was never in', async () => {
  const { api, world, groupId, owner } = await createGroupScene();
  const outsider = addUser(world, { firstName: 'Outsider' });
  expect((await api.getChatMember(groupId, Number(owner.id))).status).toBe('creator');
  expect((await api.getChatMember('@makers', Number(outsider.id))).status).toBe('left');
  expect((await api.getChat(groupId)).type).toBe('supergroup');
  expect(await api.getChatMemberCount(groupId)).toBe(2);
  const closed = addChat(world, { kind: 'supergroup', title: 'Closed' });
  const foreign = addChat(world, { kind: 'channel', title: 'News', username: 'news' });
  expect((await refusalOf(api.getChat(Number(`-100${closed.id}`)))).description).toBe(
    'Bad Request: chat not found',
  );
  expect(await refusalOf(api.sendMessage('@news', 'x'))).toMatchObject({
    code: 403,
    description: 'Forbidden: bot is not a member of the channel chat',
  });
  expect(foreign.messages).toEqual([]);
});

it('picks commands as Telegram does: chat, kind of chats, default; in each the language first', async () => {
  const { api, botApi, botUser, chatId } = await createBotScene();
  const one = (command: string) => [{ command, description: command }];
  const book = botApi.accountOf(botUser.id).commands;
  const seen = (language: string) =>
    book
      .firstOf(
        [{ type: 'chat', chat_id: String(chatId) }, { type: 'all_private_chats' }, { type: 'default' }],
        language,
      )
      .map((entry) => entry.command);
  await api.setMyCommands(one('default'));
  await api.setMyCommands(one('default_ru'), { language_code: 'ru' });
  expect([seen('ru'), seen('en')]).toEqual([['default_ru'], ['default']]);
  await api.setMyCommands(one('private'), { scope: { type: 'all_private_chats' } });
  expect(seen('ru')).toEqual(['private']);
  await api.setMyCommands(one('chat'), { scope: { type: 'chat', chat_id: chatId } });
  expect(seen('ru')).toEqual(['chat']);
  await api.deleteMyCommands({ scope: { type: 'chat', chat_id: chatId } });
  expect(seen('ru')).toEqual(['private']);
  expect(await api.getMyCommands({ language_code: 'ru' })).toEqual(one('default_ru'));
  expect(await api.getMyCommands({ language_code: 'de' })).toEqual([]);
  expect((await refusalOf(api.setMyCommands(one('Bad-Name')))).description).toBe(
    'Bad Request: BOT_COMMAND_INVALID',
  );
});

it('keeps a menu button for everybody and one of their own for some', async () => {
  const { api, chatId } = await createBotScene();
  const button = { type: 'web_app' as const, text: 'Open', web_app: { url: 'http://127.0.0.1:1/' } };
  expect(await api.getChatMenuButton()).toEqual({ type: 'commands' });
  await api.setChatMenuButton({ menu_button: button });
  expect(await api.getChatMenuButton()).toEqual(button);
  expect(await api.getChatMenuButton({ chat_id: chatId })).toEqual({ type: 'default' });
  await api.setChatMenuButton({ chat_id: chatId, menu_button: { type: 'commands' } });
  expect(await api.getChatMenuButton({ chat_id: chatId })).toEqual({ type: 'commands' });
});
