import type { AuthKey } from '#sandbox/mtproto/server.ts';
import type { TlObject, TlValue } from '#sandbox/tl/object.ts';
import type { furnish } from './furnished-world.ts';
import type { Stage } from './stage.ts';

const page = {
  offset: 0,
  offsetId: 0,
  offsetDate: 0,
  addOffset: 0,
  limit: 100,
  maxId: 0,
  minId: 0,
  hash: 0n,
};
const self: TlObject = { _: 'inputUserSelf' };

export type Scene = ReturnType<typeof furnish> & { stage: Stage; auth: AuthKey; layer: number };
export type Sample = [
  method: string,
  fields: (scene: Scene) => Record<string, TlValue>,
  from?: (scene: Scene) => AuthKey,
];

const userOf = ({ stage, auth }: Scene, id: string): TlObject => ({
  _: 'inputUser',
  userId: BigInt(id),
  accessHash: stage.world.accessHash(auth.userId ?? '', `user:${id}`),
});
const peerOf = ({ stage, auth }: Scene, chat: { id: string; kind: string }): TlObject =>
  chat.kind === 'group'
    ? { _: 'inputPeerChat', chatId: BigInt(chat.id) }
    : {
        _: 'inputPeerChannel',
        channelId: BigInt(chat.id),
        accessHash: stage.world.accessHash(auth.userId ?? '', `chat:${chat.id}`),
      };
const channel = (scene: Scene, chat: { id: string; kind: string }) => ({
  channel: { ...peerOf(scene, chat), _: 'inputChannel' },
});
const nobody = ({ stage, layer }: Scene) => stage.key(layer);
const codeFor = (scene: Scene, phone: string) => ({
  phoneNumber: phone,
  phoneCodeHash: scene.stage.world.state.loginCodes.get(phone)?.hash ?? '',
});

/** In order: some depend on what an earlier one did. */
export const samples: Sample[] = [
  ['help.getConfig', () => ({}), nobody],
  ['help.getNearestDc', () => ({}), nobody],
  ['help.getAppConfig', () => ({ hash: 0 })],
  ['updates.getState', () => ({})],
  ['updates.getDifference', () => ({ pts: 1, date: 1, qts: 0 })],
  ['updates.getChannelDifference', (scene) => channel(scene, scene.group)],
  ['auth.sendCode', () => ({ phoneNumber: '9996620002', apiId: 1, apiHash: 'h' }), nobody],
  ['auth.resendCode', (scene) => codeFor(scene, '9996620002'), nobody],
  ['auth.signIn', (scene) => ({ ...codeFor(scene, '9996620002'), phoneCode: '22222' }), nobody],
  ['auth.sendCode', () => ({ phoneNumber: '9996620002', apiId: 1, apiHash: 'h' }), nobody],
  ['auth.cancelCode', (scene) => codeFor(scene, '9996620002'), nobody],
  ['account.getPassword', () => ({})],
  ['account.getPassword', () => ({}), ({ stage, layer, plain }) => stage.key(layer, plain.id)],
  ['auth.exportLoginToken', () => ({ exceptIds: [] }), nobody],
  ['auth.exportAuthorization', () => ({ dcId: 4 })],
  ['account.getAuthorizations', () => ({})],
  ['account.updateStatus', () => ({ offline: false })],
  [
    'users.getUsers',
    (scene) => ({
      id: [self, ...scene.people.map(({ id }) => userOf(scene, id)), userOf(scene, scene.gone.id)],
    }),
  ],
  ['users.getFullUser', (scene) => ({ id: userOf(scene, scene.ann.id) })],
  ['contacts.resolveUsername', () => ({ username: 'ann_green_1' })],
  ['contacts.resolveUsername', () => ({ username: 'club' })],
  ['contacts.resolvePhone', () => ({ phone: '9996620002' })],
  ['contacts.search', () => ({ q: 'green', limit: 10 })],
  ['contacts.search', () => ({ q: 'club', limit: 10 })],
  ['channels.getChannels', (scene) => ({ id: [peerOf(scene, scene.group), peerOf(scene, scene.news)] })],
  ['channels.getFullChannel', (scene) => channel(scene, scene.group)],
  ['channels.getFullChannel', (scene) => channel(scene, scene.news)],
  ['channels.getChannelRecommendations', (scene) => channel(scene, scene.news)],
  [
    'channels.getParticipants',
    (scene) => ({ ...channel(scene, scene.group), ...page, filter: { _: 'channelParticipantsRecent' } }),
  ],
  [
    'channels.getParticipants',
    (scene) => ({
      ...channel(scene, scene.group),
      ...page,
      filter: { _: 'channelParticipantsKicked', q: '' },
    }),
  ],
  ['channels.getParticipant', (scene) => ({ ...channel(scene, scene.group), participant: self })],
  ['channels.getParticipant', (scene) => ({ ...channel(scene, scene.empty), participant: self })],
  [
    'channels.getParticipant',
    (scene) => ({ ...channel(scene, scene.group), participant: userOf(scene, scene.ann.id) }),
  ],
  [
    'channels.getParticipant',
    (scene) => ({ ...channel(scene, scene.group), participant: userOf(scene, scene.bea.id) }),
  ],
  [
    'channels.getParticipant',
    (scene) => ({ ...channel(scene, scene.group), participant: userOf(scene, scene.plain.id) }),
  ],
  [
    'channels.getParticipant',
    (scene) => ({ ...channel(scene, scene.group), participant: userOf(scene, scene.away.id) }),
  ],
  [
    'channels.getMessages',
    (scene) => ({ ...channel(scene, scene.group), id: [1, 2, 3].map((id) => ({ _: 'inputMessageID', id })) }),
  ],
  ['channels.readHistory', (scene) => ({ ...channel(scene, scene.group), maxId: 1 })],
  [
    'channels.inviteToChannel',
    (scene) => ({ ...channel(scene, scene.talk), users: [userOf(scene, scene.newcomer.id)] }),
  ],
  [
    'channels.editBanned',
    (scene) => ({
      ...channel(scene, scene.talk),
      participant: userOf(scene, scene.newcomer.id),
      bannedRights: { _: 'chatBannedRights', viewMessages: true, untilDate: 0 },
    }),
  ],
  ['messages.getHistory', (scene) => ({ peer: peerOf(scene, scene.group), ...page })],
  ['messages.getHistory', (scene) => ({ peer: peerOf(scene, scene.news), ...page })],
  ['messages.getHistory', (scene) => ({ peer: peerOf(scene, scene.basic), ...page })],
  [
    'messages.getHistory',
    (scene) => ({ peer: { ...userOf(scene, scene.bot.id), _: 'inputPeerUser' }, ...page }),
  ],
  [
    'messages.getHistory',
    (scene) => ({ peer: { ...userOf(scene, scene.bot.id), _: 'inputPeerUser' }, ...page, limit: 1 }),
  ],
  ['messages.search', (scene) => ({ peer: peerOf(scene, scene.group), q: 'hello', ...page })],
  ['messages.getMessageReactionsList', (scene) => ({ peer: peerOf(scene, scene.group), id: 1, limit: 10 })],
  ['messages.getReplies', (scene) => ({ peer: peerOf(scene, scene.news), msgId: 1, ...page })],
  ['messages.getDiscussionMessage', (scene) => ({ peer: peerOf(scene, scene.news), msgId: 1 })],
  ['messages.readHistory', (scene) => ({ peer: peerOf(scene, scene.basic), maxId: 1 })],
  ['messages.sendMessage', (scene) => ({ peer: peerOf(scene, scene.group), message: 'Hello', randomId: 1n })],
  ['messages.sendMessage', (scene) => ({ peer: peerOf(scene, scene.basic), message: 'Hello', randomId: 2n })],
  [
    'messages.sendMessage',
    (scene) => ({
      peer: { ...userOf(scene, scene.bot.id), _: 'inputPeerUser' },
      message: 'Hello',
      randomId: 3n,
    }),
  ],
  ['messages.startBot', (scene) => ({ bot: userOf(scene, scene.bot.id), startParam: 'a', randomId: 4n })],
  [
    'messages.getBotCallbackAnswer',
    (scene) => ({
      peer: { ...userOf(scene, scene.bot.id), _: 'inputPeerUser' },
      msgId: scene.asked.id,
      data: Buffer.from('y'),
    }),
  ],
  ['messages.getChats', (scene) => ({ id: [BigInt(scene.basic.id)] })],
  ['messages.getFullChat', (scene) => ({ chatId: BigInt(scene.basic.id) })],
  [
    'messages.addChatUser',
    (scene) => ({ chatId: BigInt(scene.basic.id), userId: userOf(scene, scene.newcomer.id) }),
  ],
  [
    'messages.deleteChatUser',
    (scene) => ({ chatId: BigInt(scene.basic.id), userId: userOf(scene, scene.newcomer.id) }),
  ],
  [
    'messages.exportChatInvite',
    (scene) => ({ peer: peerOf(scene, scene.group), title: 'a', usageLimit: 5, expireDate: 2_000_000_000 }),
  ],
  ['messages.checkChatInvite', (scene) => ({ hash: scene.link.hash })],
  [
    'messages.checkChatInvite',
    (scene) => ({ hash: scene.link.hash }),
    ({ stage, layer, plain }) => stage.key(layer, plain.id),
  ],
  [
    'messages.importChatInvite',
    (scene) => ({ hash: scene.link.hash }),
    ({ stage, layer, plain }) => stage.key(layer, plain.id),
  ],
  [
    'messages.getChatInviteImporters',
    (scene) => ({ peer: peerOf(scene, scene.group), limit: 5, link: scene.link.hash }),
  ],
  [
    'messages.getChatInviteImporters',
    (scene) => ({ peer: peerOf(scene, scene.group), limit: 5, requested: true }),
  ],
  [
    'messages.hideChatJoinRequest',
    (scene) => ({
      peer: peerOf(scene, scene.group),
      userId: userOf(scene, [...scene.group.joinRequests.keys()][0] ?? ''),
      approved: true,
    }),
  ],
  ['messages.getDialogs', () => ({ ...page })],
  [
    'channels.joinChannel',
    (scene) => channel({ ...scene, auth: scene.stage.key(scene.layer, scene.plain.id) }, scene.news),
    ({ stage, layer, plain }) => stage.key(layer, plain.id),
  ],
  ['channels.leaveChannel', (scene) => channel(scene, scene.empty)],
];
