/** What stands behind `start=` in a link into the bot's chat (core.telegram.org/bots/features#deep-linking). */
export type StartPayload = { kind: 'invitation'; token: string } | { kind: 'claim'; code: string };

const PREFIX = { invitation: 'i_', claim: 'claim_' } as const;

/** The link that brings somebody in; its payload stays below Telegram's 64 characters. */
export const invitationLink = (botUsername: string, token: string): string =>
  `https://t.me/${botUsername}?start=${PREFIX.invitation}${token}`;

/** The panel opened at a place: `tasks`, or one entity such as `t_<id>` (core.telegram.org/api/links#main-mini-app-links). */
export const panelLink = (botUsername: string, place: string): string =>
  `https://t.me/${botUsername}?startapp=${place}`;

/** What the first owner sends to the bot. */
export const claimMessage = (code: string): string => `/start ${PREFIX.claim}${code}`;

/** Undefined for a plain `/start`, and for what no link of ours says. */
export const readStartPayload = (text: string): StartPayload | undefined => {
  const [, prefix, token] = /^(i_|claim_)([\w-]{1,64})$/.exec(text.trim()) ?? [];
  if (!token) return undefined;
  return prefix === PREFIX.claim ? { kind: 'claim', code: token } : { kind: 'invitation', token };
};
