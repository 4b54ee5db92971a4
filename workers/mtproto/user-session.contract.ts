import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_RIGHTS } from '#core/community/admin-rights.ts';
import type {
  ChatRef,
  CommunityFacts,
  DialogsCursor,
  PersonRef,
  SeenPerson,
  UserSession,
} from '#core/telegram/user-session.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { react } from '#sandbox/world/commands/react.ts';
import { restrictUser } from '#sandbox/world/commands/restrict-user.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import type { World } from '#sandbox/world/create-world.ts';

/** What a contract needs of an implementation: the world it speaks to, and a session of one of its users. */
export type ContractSubject = {
  world: World;
  ownerId: string;
  session: UserSession;
  close(): Promise<void>;
};

const MEMBERS = 450;

/** What every implementation of the MTProto port must do. */
export function userSessionContract(open: () => Promise<ContractSubject>): void {
  let subject: ContractSubject;
  let crowd: ChatRef;
  let club: ChatRef;

  beforeAll(async () => {
    subject = await open();
    const { world, ownerId } = subject;
    const members = Array.from(
      { length: MEMBERS },
      (_, n) =>
        addUser(world, {
          firstName: `Member ${n}`,
          ...(n % 2 ? { username: `member_${n}` } : {}),
          ...(n === 3 ? { bot: { token: '3:TOKEN' } } : {}),
          ...(n === 4 ? { premium: true, photo: true } : {}),
          ...(n === 5 ? { deleted: true } : {}),
        }).id,
    );
    addChat(world, {
      kind: 'supergroup',
      title: 'Crowd',
      username: 'crowd_here',
      creator: members[0] ?? '',
      members: [ownerId, ...members],
    });
    addChat(world, { kind: 'supergroup', title: 'Club', username: 'the_club', creator: ownerId });
    addChat(world, {
      kind: 'supergroup',
      title: 'Hidden',
      username: 'hidden_here',
      membersHidden: true,
      creator: members[1] ?? '',
      members: [ownerId, ...members.slice(0, 150)],
    });
    addChat(world, {
      ...{ kind: 'channel', title: 'Helped', username: 'helped_here' },
      admins: [{ user: ownerId, rights: { postMessages: true, banUsers: true } }],
    });
    crowd = refOf(await facts('crowd_here'));
    club = refOf(await facts('the_club'));
  });
  afterAll(() => subject.close());

  const facts = async (username: string): Promise<CommunityFacts> => {
    const answer = await subject.session.resolveCommunity({ kind: 'username', username });
    if (!answer.ok) throw new Error(answer.failure.error);
    return answer.value;
  };
  const personOf = async (username: string): Promise<SeenPerson> => {
    const answer = await subject.session.resolveUsername(username);
    if (!answer.ok) throw new Error(answer.failure.error);
    return answer.value;
  };
  const stranger = (fields: Parameters<typeof addUser>[1]) => addUser(subject.world, fields);

  it('tells whether the account is frozen, since when and where to appeal', async () => {
    const { world, ownerId, session } = subject;
    expect(await session.readFreeze()).toEqual({ ok: true, value: undefined });
    restrictUser(world, { user: ownerId, restriction: 'frozen' });
    const answer = await session.readFreeze();
    restrictUser(world, { user: ownerId, restriction: undefined });
    const freeze = answer.ok ? answer.value : undefined;
    expect(freeze?.appealUrl).toBe('https://t.me/SpamBot');
    expect((freeze?.until?.getTime() ?? 0) - (freeze?.since.getTime() ?? 0)).toBe(7 * 86_400_000);
  });

  it('reads the own profile and lists the own session among those of the account', async () => {
    const { world, ownerId, session } = subject;
    const owner = world.getUser(ownerId);
    const profile = await session.readProfile();
    expect(profile).toMatchObject({
      ok: true,
      value: { telegramId: ownerId, firstName: owner.firstName, isPremium: false, hasPhoto: false },
    });
    const listed = await session.listAuthorizations();
    expect(listed).toMatchObject({ ok: true, value: [{ hash: '0', isCurrent: true, country: 'Sandbox' }] });
    expect(await session.endAuthorization('5')).toEqual({
      ok: false,
      failure: { kind: 'rpc', error: 'HASH_INVALID' },
    });
  });

  it('reads the facts of a community and the own standing in it', async () => {
    expect(await facts('crowd_here')).toMatchObject({
      kind: 'supergroup',
      title: 'Crowd',
      username: 'crowd_here',
      membersCount: MEMBERS + 1,
      membersHidden: false,
      own: { isMember: true, isAdmin: false, adminRights: [] },
    });
    const { own } = await facts('the_club');
    expect(own).toMatchObject({ isMember: true, isAdmin: true, mayInvite: true });
    expect(own.adminRights).toEqual(ADMIN_RIGHTS.filter((right) => right !== 'anonymous'));
    expect((await facts('helped_here')).own).toMatchObject({
      ...{ isAdmin: true, mayInvite: false, adminRights: ['post_messages', 'ban_users'] },
    });
    expect(await subject.session.readCommunity(club)).toMatchObject({ ok: true, value: { title: 'Club' } });
  });

  it('lists public communities by words, the channels like one, and those the account is in', async () => {
    const { world, ownerId, session } = subject;
    const about = 'All about boats';
    const members = [ownerId, stranger({ firstName: 'Sailor' }).id];
    addChat(world, { kind: 'channel', title: 'Boats', username: 'boat_news', about, members });
    addChat(world, { kind: 'channel', title: 'Harbours', username: 'harbours', members });
    addChat(world, { kind: 'group', title: 'Closed boat circle', members });
    const listed = await session.searchCommunities('boat');
    expect(listed).toMatchObject({
      ok: true,
      value: [{ kind: 'channel', title: 'Boats', username: 'boat_news', membersCount: 2 }],
    });
    expect(await facts('boat_news')).toMatchObject({ about });
    const [boats] = listed.ok ? listed.value : [];
    if (!boats) throw new Error('boats are found');
    const similar = await session.listSimilarChannels(boats);
    expect(similar.ok && similar.value.map(({ title }) => title)).toContain('Harbours');
    const own = await session.listOwnCommunities(undefined);
    const titles = own.ok ? own.value.communities.map(({ title }) => title) : [];
    expect(titles).toEqual(expect.arrayContaining(['Crowd', 'Club', 'Closed boat circle']));
    expect(await session.searchCommunities('b')).toMatchObject({
      ok: false,
      failure: { error: 'QUERY_TOO_SHORT' },
    });
  });

  it('goes on behind a full page of the own communities, and names each once', async () => {
    const { world, ownerId, session } = subject;
    for (let n = 0; n < 120; n += 1) {
      const chat = addChat(world, { kind: 'supergroup', title: `Circle ${n}`, members: [ownerId] });
      sendMessage(world, { from: { user: ownerId }, to: { chat: chat.id }, text: 'Hi' });
    }
    const ids: string[] = [];
    let after: DialogsCursor | undefined;
    do {
      const page = await session.listOwnCommunities(after);
      if (!page.ok) throw new Error(page.failure.error);
      ids.push(...page.value.communities.map(({ telegramId }) => telegramId));
      after = page.value.next;
    } while (after);
    expect(ids.length).toBeGreaterThan(120);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says when only administrators may list the members', async () => {
    expect((await facts('hidden_here')).membersHidden).toBe(true);
  });

  it('answers an unknown name and a name of a person as failures', async () => {
    stranger({ firstName: 'Nora', username: 'nora_here' });
    const unknown = await subject.session.resolveCommunity({ kind: 'username', username: 'nobody_at_all' });
    expect(unknown).toEqual({ ok: false, failure: { kind: 'rpc', error: 'USERNAME_NOT_OCCUPIED' } });
    expect((await subject.session.resolveCommunity({ kind: 'username', username: 'nora_here' })).ok).toBe(
      false,
    );
    expect((await subject.session.resolveUsername('the_club')).ok).toBe(false);
  });

  it('finds a person by phone number, and nobody where it leads to none or may not lead to them', async () => {
    const person = stranger({ firstName: 'Olaf', phone: '447700900777' });
    stranger({ firstName: 'Shy', phone: '447700900778', isHiddenByPhone: true });
    const found = await subject.session.resolvePhone('+447700900777');
    expect(found).toMatchObject({ ok: true, value: { telegramId: person.id, firstName: 'Olaf' } });
    expect(found.ok && found.value.accessHash).toBeTruthy();
    const nobody = { ok: false, failure: { kind: 'rpc', error: 'PHONE_NOT_OCCUPIED' } };
    expect(await subject.session.resolvePhone('+447700900778')).toEqual(nobody);
    expect(await subject.session.resolvePhone('+447700900779')).toEqual(nobody);
  });

  it('finds a community among the own dialogs by its id', async () => {
    const answer = await subject.session.resolveCommunity({
      kind: 'known_id',
      telegramId: `-100${crowd.telegramId}`,
    });
    expect(answer).toMatchObject({ ok: true, value: { title: 'Crowd', accessHash: crowd.accessHash } });
  });

  it('lists all members in pages, each one once', async () => {
    const people: SeenPerson[] = [];
    const admins: string[] = [];
    let offset: number | undefined = 0;
    let pages = 0;
    while (offset !== undefined) {
      const page = await subject.session.listMembers(crowd, offset);
      if (!page.ok) throw new Error(page.failure.error);
      expect(page.value.people.length).toBeLessThanOrEqual(200);
      expect(page.value.total).toBe(MEMBERS + 1);
      people.push(...page.value.people);
      admins.push(...page.value.admins);
      offset = page.value.nextOffset;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(new Set(people.map((person) => person.telegramId)).size).toBe(MEMBERS + 1);
    expect(admins).toHaveLength(1);
    expect(people.filter((person) => person.isBot)).toHaveLength(1);
    expect(people.filter((person) => person.isDeleted)).toHaveLength(1);
    expect(people.find((person) => person.isPremium)).toMatchObject({
      firstName: 'Member 4',
      hasPhoto: true,
    });
  });

  it('cannot list hidden members', async () => {
    const answer = await subject.session.listMembers(refOf(await facts('hidden_here')), 0);
    expect(answer).toMatchObject({ ok: false, failure: { error: 'CHAT_ADMIN_REQUIRED' } });
  });

  it('invites one person, and reads the membership before and after', async () => {
    stranger({ firstName: 'Ivy', username: 'ivy_here' });
    const ivy = fullRef(await personOf('ivy_here'));
    expect(await subject.session.readMembership(club, ivy)).toEqual({ ok: true, value: 'never' });
    expect(await subject.session.inviteOne(club, ivy)).toEqual({ kind: 'joined' });
    expect(await subject.session.readMembership(club, ivy)).toEqual({ ok: true, value: 'member' });
  });

  it('tells a refusal by privacy from a join', async () => {
    stranger({ firstName: 'Paul', username: 'paul_here', invitePrivacy: 'nobody' });
    stranger({ firstName: 'Pia', username: 'pia_here', invitePrivacy: 'premium_only' });
    stranger({ firstName: 'Max', username: 'max_here', invitePrivacy: 'not_mutual' });
    const outcomeFor = async (name: string) => subject.session.inviteOne(club, fullRef(await personOf(name)));
    expect(await outcomeFor('paul_here')).toEqual({ kind: 'missing', why: 'privacy' });
    expect(await outcomeFor('pia_here')).toEqual({ kind: 'missing', why: 'premium_would_allow' });
    expect(await outcomeFor('max_here')).toMatchObject({
      kind: 'failed',
      failure: { kind: 'rpc', error: 'USER_NOT_MUTUAL_CONTACT' },
    });
  });

  it('does not reach a person by a reference that another account was given', async () => {
    const zoe = stranger({ firstName: 'Zoe', username: 'zoe_here' });
    const foreign: PersonRef = { kind: 'full', telegramId: zoe.id, accessHash: '12345' };
    expect(await subject.session.inviteOne(club, foreign)).toMatchObject({ kind: 'failed' });
  });

  it('lists posts and the people who commented, and can invite one by the comment alone', async () => {
    const { world, ownerId } = subject;
    const group = addChat(world, { kind: 'supergroup', title: 'Talk', creator: ownerId });
    const channel = addChat(world, {
      kind: 'channel',
      title: 'News',
      username: 'news_here',
      creator: ownerId,
    });
    linkDiscussion(world, { channel: channel.id, group: group.id });
    const post = sendMessage(world, { from: { chat: channel.id }, to: { chat: channel.id }, text: 'Hello' });
    const copy = channel && group.postCopies.get(post.id);
    for (let n = 0; n < 130; n += 1) {
      const author = stranger({ firstName: `Commenter ${n}` });
      sendMessage(world, {
        from: { user: author.id },
        to: { chat: group.id },
        text: 'Hi',
        replyTo: copy ?? 0,
      });
    }
    const news = await facts('news_here');
    expect(news).toMatchObject({ kind: 'channel', linkedChat: { kind: 'supergroup', telegramId: group.id } });

    const posts = await subject.session.listPosts(refOf(news), undefined);
    expect(posts).toMatchObject({ ok: true, value: { posts: [{ messageId: post.id, comments: 130 }] } });

    const first = await subject.session.listComments(refOf(news), post.id, undefined, {});
    if (!first.ok) throw new Error(first.failure.error);
    expect(first.value).toMatchObject({ total: 130, chat: { telegramId: group.id } });
    expect(first.value.authored).toHaveLength(100);
    const rest = await subject.session.listComments(refOf(news), post.id, first.value.nextBeforeId, {});
    if (!rest.ok) throw new Error(rest.failure.error);
    expect(rest.value.authored).toHaveLength(30);
    expect(rest.value.nextBeforeId).toBeUndefined();

    const [comment] = first.value.authored;
    const author = first.value.people.find((person) => person.telegramId === comment?.authorId);
    expect(author?.accessHash).toBeUndefined();
    const ref: PersonRef = {
      kind: 'from_message',
      telegramId: comment?.authorId ?? '',
      chat: first.value.chat,
      messageId: comment?.messageId ?? 0,
    };
    expect(await subject.session.inviteOne(club, ref)).toEqual({ kind: 'joined' });
    expect(await subject.session.readMembership(club, ref)).toEqual({ ok: true, value: 'member' });
  });

  it('lists who wrote in a group and who reacted: persons alone, and nothing of what they say', async () => {
    const { world, ownerId, session } = subject;
    const [ann, bob, far] = ['Ann', 'Bob', 'Far'].map((firstName) => stranger({ firstName }).id) as [
      string,
      string,
      string,
    ];
    const group = addChat(world, {
      kind: 'supergroup',
      title: 'Writers',
      username: 'writers_here',
      creator: ownerId,
      members: [ann, bob],
    });
    const write = (message: Partial<Parameters<typeof sendMessage>[1]>) =>
      sendMessage(world, { from: { user: ann }, to: { chat: group.id }, text: 'Tea at five', ...message });
    const spring = new Date('2026-03-01T12:00:00Z');
    write({ at: spring });
    const photo = write({ from: { user: bob }, text: 'Look', media: { kind: 'photo', fileId: 'f' } });
    write({ from: { user: bob }, forwardFrom: far });
    write({ from: { chat: group.id }, by: ownerId });
    for (const user of [ann, far]) react(world, { chat: group.id, messageId: photo.id, user, emoji: '👍' });
    const writers = refOf(await facts('writers_here'));

    expect(await session.listPosts(writers, undefined, 1)).toMatchObject({ ok: true, value: { total: 4 } });
    const page = await session.listMessages(writers, undefined, {});
    if (!page.ok) throw new Error(page.failure.error);
    expect(page.value).toMatchObject({ impersonal: 1, media: 1, read: 4, total: 4, nextBeforeId: undefined });
    expect(page.value.authored.map(({ authorId }) => authorId)).toEqual([bob, bob, ann]);
    expect(page.value.people.map(({ telegramId }) => telegramId).sort()).toEqual([ann, bob].sort());
    expect(page.value.reacted).toEqual([{ messageId: photo.id, reactions: 2 }]);
    expect(JSON.stringify(page.value)).not.toContain('Tea');

    const authorsOf = async (conditions: Parameters<typeof session.listMessages>[2]) => {
      const found = await session.listMessages(writers, undefined, conditions);
      if (!found.ok) throw new Error(found.failure.error);
      return [found.value.total, found.value.authored.map(({ authorId }) => authorId)];
    };
    expect(await authorsOf({ keyword: 'tea', until: new Date(spring.getTime() + 1000) })).toEqual([1, [ann]]);
    expect(await authorsOf({ until: spring })).toEqual([0, []]);
    expect(await authorsOf({ since: spring, keyword: 'look' })).toEqual([1, [bob]]);

    const reactors = await session.listReactions(writers, photo.id, undefined);
    expect(reactors).toMatchObject({ ok: true, value: { read: 2, total: 2, nextOffset: undefined } });
    expect(reactors.ok && reactors.value.people.map(({ telegramId }) => telegramId)).toEqual([far, ann]);
  });

  it('adds people to basic groups too', async () => {
    const { world, ownerId } = subject;
    const group = addChat(world, { kind: 'group', title: 'Small', creator: ownerId });
    stranger({ firstName: 'Ben', username: 'ben_here' });
    const ben = fullRef(await personOf('ben_here'));
    const small: ChatRef = { kind: 'group', telegramId: group.id, accessHash: '0' };
    expect(await subject.session.inviteOne(small, ben)).toEqual({ kind: 'joined' });
    expect(await subject.session.readMembership(small, ben)).toEqual({ ok: true, value: 'member' });
    const page = await subject.session.listMembers(small, 0);
    expect(page).toMatchObject({ ok: true, value: { total: 2, nextOffset: undefined, admins: [ownerId] } });
  });

  it('answers disconnected after it was closed', async () => {
    const closed = await open();
    await closed.session.close();
    expect(await closed.session.listMembers(crowd, 0)).toMatchObject({
      ok: false,
      failure: { kind: 'disconnected' },
    });
    await closed.close();
  });
}

const refOf = ({ kind, telegramId, accessHash }: CommunityFacts): ChatRef => ({
  kind,
  telegramId,
  accessHash,
});

function fullRef(person: SeenPerson): PersonRef {
  if (person.accessHash === undefined) throw new Error('a min user');
  return { kind: 'full', telegramId: person.telegramId, accessHash: person.accessHash };
}
