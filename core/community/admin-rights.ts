/** What an administrator may be allowed, by Telegram's own names (core.telegram.org/constructor/chatAdminRights). */
export const ADMIN_RIGHTS = [
  'change_info',
  'post_messages',
  'edit_messages',
  'delete_messages',
  'post_stories',
  'edit_stories',
  'delete_stories',
  'ban_users',
  'invite_users',
  'pin_messages',
  'manage_call',
  'manage_topics',
  'add_admins',
  'anonymous',
] as const;

export type AdminRight = (typeof ADMIN_RIGHTS)[number];
