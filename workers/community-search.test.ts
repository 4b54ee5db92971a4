import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { markCommunity } from '#db/commands/mark-community.ts';
import { type CommunityQuestion, requestCommunitySearch } from '#db/commands/request-community-search.ts';
import {
  type CommunityItem,
  type CommunityWish,
  listCommunities,
  listFound,
} from '#db/queries/list-communities.ts';
import { getCommunitySearch, readSearchQuota } from '#db/queries/list-community-searches.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { linkDiscussion } from '#sandbox/world/commands/link-discussion.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
let seeker: { accountId: string; userId: string };
beforeAll(async () => {
  stage = await setStage({ scale: 3600 });
  seeker = await stage.connect({ firstName: 'Seeker' });
  furnish();
  await stage.startWorker();
});
afterAll(async () => {
  expect([...stage.telegram.unknownMethods]).toEqual([]);
  await stage.close();
});

/** A group, a channel with a comment, one without, and one that shares its readers. */
function furnish() {
  const { world } = stage.telegram;
  const readers = Array.from({ length: 30 }, (_, n) => addUser(world, { firstName: `Reader ${n}` }).id);
  const reader = readers[0] ?? '';
  addChat(world, {
    kind: 'supergroup',
    title: 'Книжный клуб Москва',
    about: 'Обсуждаем новинки и делимся отзывами о прочитанных книгах',
    username: 'books_talk',
    members: readers,
  });
  const talk = addChat(world, { kind: 'supergroup', title: 'Comments of the reviews' });
  const reviews = addChat(world, {
    kind: 'channel',
    title: 'Books and reviews',
    about: 'We read new novels every week and write about them',
    username: 'books_reviews',
    members: readers,
  });
  linkDiscussion(world, { channel: reviews.id, group: talk.id });
  const from = { chat: reviews.id };
  sendMessage(world, { from, to: { chat: reviews.id }, text: 'A new novel' });
  const copy = [...talk.postCopies.values()][0] ?? 0;
  sendMessage(world, { from: { user: reader }, to: { chat: talk.id }, text: 'Good', replyTo: copy });
  const silent = addChat(world, { kind: 'channel', title: 'Silent books', username: 'books_silent' });
  sendMessage(world, { from: { chat: silent.id }, to: { chat: silent.id }, text: 'Nobody answers' });
  addChat(world, { kind: 'channel', title: 'Likeable', username: 'like_it', members: readers.slice(0, 9) });
  addChat(world, { kind: 'group', title: 'Own circle', members: [seeker.userId, reader] });
}

const context = () => ({ db: stage.db.app, workspaceId: stage.workspaceId });

async function search(question: CommunityQuestion): Promise<string> {
  const { searchId } = await requestCommunitySearch(stage.context(), question);
  await stage.until(async () => {
    const { status, unread } = await getCommunitySearch(context(), { searchId });
    return status !== 'waiting' && unread === 0 ? true : undefined;
  });
  return searchId;
}

async function found(searchId: string, wish: CommunityWish = {}): Promise<CommunityItem[]> {
  return (await listFound(context(), { searchId, limit: 50, ...wish })).items;
}

const titles = (items: readonly CommunityItem[]) => items.map(({ title }) => title);

describe('a search for communities', () => {
  it('by words keeps what Telegram lists, and reads what each is like', async () => {
    const searchId = await search({ kind: 'words', words: 'books' });
    const items = await found(searchId);
    expect(titles(items)).toEqual(['Книжный клуб Москва', 'Books and reviews', 'Silent books']);
    const [club, reviews, silent] = items;
    expect(club).toMatchObject({
      reference: '@books_talk',
      kind: 'supergroup',
      membersCount: 30,
      language: 'ru',
      about: 'Обсуждаем новинки и делимся отзывами о прочитанных книгах',
      mark: 'found',
    });
    expect(reviews).toMatchObject({ kind: 'channel', recentComments: 1, language: 'en' });
    expect(reviews?.linkedTelegramId).not.toBeNull();
    expect(reviews?.lastPostAt).not.toBeNull();
    expect(silent).toMatchObject({ recentComments: 0 });
  });

  it('offers groups, and channels with comments alone, and filters as asked', async () => {
    const searchId = await search({ kind: 'words', words: 'books' });
    const kept = async (wish: CommunityWish) => titles(await found(searchId, wish));
    expect(await kept({ offered: true })).toEqual(['Книжный клуб Москва', 'Books and reviews']);
    expect(await kept({ kind: 'channel' })).toEqual(['Books and reviews', 'Silent books']);
    expect(await kept({ language: 'ru' })).toEqual(['Книжный клуб Москва']);
    expect(await kept({ hasDiscussion: true })).toEqual(['Books and reviews']);
    expect(await kept({ hasComments: false })).toEqual(['Silent books']);
    expect(await kept({ least: 10, kind: 'channel' })).toEqual(['Books and reviews']);
    expect(await kept({ membersHidden: true, kind: 'supergroup' })).toEqual([]);
  });

  it('pages through what it found', async () => {
    const searchId = await search({ kind: 'words', words: 'books' });
    const first = await listFound(context(), { searchId, limit: 2 });
    expect(first).toMatchObject({ total: 3, next: 1 });
    const second = await listFound(context(), { searchId, limit: 2, after: first.next });
    expect(titles(second.items)).toEqual(['Silent books']);
    expect(second.next).toBeUndefined();
  });

  it('by likeness keeps the channels that share readers', async () => {
    const words = await search({ kind: 'words', words: 'books_reviews' });
    const [channel] = await found(words);
    const communityId = channel?.communityId ?? '';
    expect(titles(await found(await search({ kind: 'similar', communityId })))).toEqual(['Likeable']);
  });

  it('keeps what an account is in itself, private groups too', async () => {
    const items = await found(await search({ kind: 'dialogs', accountId: seeker.accountId }));
    expect(items).toMatchObject([{ title: 'Own circle', kind: 'group', membersCount: 2 }]);
    expect(items[0]?.checkedAt).not.toBeNull();
  });

  it('names a list of references at once, all or none', async () => {
    const searchId = await search({ kind: 'references', references: ['@books_talk', 't.me/like_it'] });
    const items = await found(searchId);
    expect(items.map(({ reference, mark }) => [reference, mark])).toEqual([
      ['@books_talk', 'saved'],
      ['@like_it', 'saved'],
    ]);
    const some = { kind: 'references', references: ['@books_silent', 'no name'] } as const;
    await expect(requestCommunitySearch(stage.context(), some)).rejects.toMatchObject({
      code: 'community.reference_malformed',
    });
    const [silent] = await found(await search({ kind: 'words', words: 'books_silent' }));
    expect(silent?.mark).toBe('found');
  });

  it('leaves out what is blocked, and nothing is done with it until it is let go', async () => {
    const [silent] = await found(await search({ kind: 'words', words: 'books_silent' }));
    const communityId = silent?.communityId ?? '';
    await markCommunity(stage.context(), { communityId, mark: 'blocked' });
    expect(await found(await search({ kind: 'words', words: 'books_silent' }))).toEqual([]);
    const blocked = await listCommunities(context(), { mark: 'blocked', limit: 10 });
    expect(titles(blocked.items)).toEqual(['Silent books']);
    const order = { communityId, source: 'commenters', speed: 'safe', priority: 'normal' } as const;
    await expect(createParseTask(stage.context(), order)).rejects.toMatchObject({
      code: 'community.blocked',
    });
    await markCommunity(stage.context(), { communityId, mark: 'found' });
    expect(titles(await found(await search({ kind: 'words', words: 'books_silent' })))).toEqual([
      'Silent books',
    ]);
  });

  it('costs one call, which its quota counts', async () => {
    const before = await readSearchQuota(context(), stage.clock.now());
    const searchId = await search({ kind: 'words', words: 'nothing is called so' });
    expect(await getCommunitySearch(context(), { searchId })).toMatchObject({
      status: 'done',
      found: 0,
      calls: 1,
    });
    const { left } = await readSearchQuota(context(), stage.clock.now());
    expect(left).toBeGreaterThanOrEqual(before.left - 1);
    const lines = stage.telegram.ledger.entries().filter((line) => line.kind === 'rpc');
    const asked = lines.filter(({ method }) => method === 'contacts.search');
    const [row] = await stage.db.owner.execute<{ calls: number }>(
      "select count(*)::int as calls from search_call c join community_search s on s.id = c.search_id where s.kind = 'words'",
    );
    expect(row?.calls).toBe(asked.length);
  });
});
