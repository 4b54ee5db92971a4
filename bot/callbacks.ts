import type { Role } from '#core/roles.ts';

/** Every callback a button may carry. Telegram allows 64 bytes, and an id takes 36 of them. */
export const callbacks = {
  refreshStatus: 'status',
  connectAccount: 'connect',
  showTeam: 'team',
  invite: 'team:invite',
  inviteAs: (role: Role) => `team:invite:${role}`,
  showMember: (operatorId: string) => `team:m:${operatorId}`,
  askRole: (operatorId: string, role: Role) => `team:r?:${operatorId}:${role}`,
  giveRole: (operatorId: string, role: Role) => `team:r!:${operatorId}:${role}`,
  askRemoval: (operatorId: string) => `team:x?:${operatorId}`,
  remove: (operatorId: string) => `team:x!:${operatorId}`,
  workIn: (workspaceId: string) => `work:${workspaceId}`,
} as const;

const ID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
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
} as const;
