import type { Role } from '#core/roles.ts';
import { PARSE_SPEEDS, type ParseSpeed } from '#core/statuses.ts';

/** What a person may do with an account; one letter each, because of the length. */
export const ACCOUNT_CHANGES = {
  refresh: 'r',
  disable: 'd',
  enable: 'e',
  log_out: 'o',
  remove: 'x',
} as const;
export type AccountChange = (typeof ACCOUNT_CHANGES)[keyof typeof ACCOUNT_CHANGES];

/** Every callback a button may carry. Telegram allows 64 bytes, and an id takes 36 of them. */
export const callbacks = {
  refreshStatus: 'status',
  undoStop: 'stop:undo',
  showPrivacy: 'privacy',
  exportOwnData: 'privacy:export',
  askErasure: 'privacy:erase?',
  eraseOwnData: 'privacy:erase!',
  complain: 'privacy:complain',
  connectAccount: 'connect',
  showTasks: 'tasks',
  askForCommunity: 'tasks:new',
  pauseTask: (taskId: string) => `task:p:${taskId}`,
  resumeTask: (taskId: string) => `task:r:${taskId}`,
  /** Asks before, in a message of its own. */
  askCancel: (taskId: string) => `task:c?:${taskId}`,
  cancelTask: (taskId: string) => `task:c!:${taskId}`,
  /** The speeds at which a community may be read; one of them; its start. */
  showOffer: (communityId: string) => `parse:o:${communityId}`,
  chooseSpeed: (communityId: string, speed: ParseSpeed) => `parse:s:${communityId}:${speed}`,
  startParse: (communityId: string, speed: ParseSpeed) => `parse:!:${communityId}:${speed}`,
  showTeam: 'team',
  invite: 'team:invite',
  inviteAs: (role: Role) => `team:invite:${role}`,
  showMember: (operatorId: string) => `team:m:${operatorId}`,
  askRole: (operatorId: string, role: Role) => `team:r?:${operatorId}:${role}`,
  giveRole: (operatorId: string, role: Role) => `team:r!:${operatorId}:${role}`,
  askRemoval: (operatorId: string) => `team:x?:${operatorId}`,
  remove: (operatorId: string) => `team:x!:${operatorId}`,
  workIn: (workspaceId: string) => `work:${workspaceId}`,
  showAccounts: 'acc',
  showAccount: (accountId: string) => `acc:s:${accountId}`,
  showLogins: (accountId: string) => `acc:l:${accountId}`,
  /** Shows what a change means, and the button that makes it. */
  askAccount: (change: AccountChange, accountId: string) => `acc:?${change}:${accountId}`,
  changeAccount: (change: AccountChange, accountId: string) => `acc:!${change}:${accountId}`,
  askLoginEnd: (accountId: string, hash: string) => `acc:?k:${accountId}:${hash}`,
  endLogin: (accountId: string, hash: string) => `acc:!k:${accountId}:${hash}`,
} as const;

const ID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const SPEED = `(${PARSE_SPEEDS.join('|')})`;
const ROLE = '(viewer|operator|admin|owner)';

/** How the callbacks with something in them are read back. */
export const callbackPatterns = {
  inviteAs: new RegExp(`^team:invite:${ROLE}$`),
  showMember: new RegExp(`^team:m:${ID}$`),
  askRole: new RegExp(`^team:r\\?:${ID}:${ROLE}$`),
  giveRole: new RegExp(`^team:r!:${ID}:${ROLE}$`),
  askRemoval: new RegExp(`^team:x\\?:${ID}$`),
  remove: new RegExp(`^team:x!:${ID}$`),
  workIn: new RegExp(`^work:${ID}$`),
  pauseTask: new RegExp(`^task:p:${ID}$`),
  resumeTask: new RegExp(`^task:r:${ID}$`),
  askCancel: new RegExp(`^task:c\\?:${ID}$`),
  cancelTask: new RegExp(`^task:c!:${ID}$`),
  showOffer: new RegExp(`^parse:o:${ID}$`),
  chooseSpeed: new RegExp(`^parse:s:${ID}:${SPEED}$`),
  startParse: new RegExp(`^parse:!:${ID}:${SPEED}$`),
  showAccount: new RegExp(`^acc:s:${ID}$`),
  showLogins: new RegExp(`^acc:l:${ID}$`),
  askAccount: new RegExp(`^acc:\\?([deox]):${ID}$`),
  changeAccount: new RegExp(`^acc:!([rdeox]):${ID}$`),
  askLoginEnd: new RegExp(`^acc:\\?k:${ID}:(-?\\d{1,19})$`),
  endLogin: new RegExp(`^acc:!k:${ID}:(-?\\d{1,19})$`),
} as const;
