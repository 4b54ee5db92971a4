import { z } from 'zod';

const person = z.object({ id: z.string(), firstName: z.string(), username: z.string(), phone: z.string() });
const chat = z.object({
  id: z.string(),
  kind: z.enum(['group', 'supergroup', 'channel']),
  title: z.string(),
  username: z.string().optional(),
  members: z.number().int(),
});
const bot = z.object({ id: z.string(), username: z.string(), token: z.string() });

/** Who and what the demo is made of: everything a launcher or a test needs to play it. */
export const demoCast = z.object({
  bot,
  /** Talks to the bot in Russian and owns the target. */
  owner: person,
  /** Talks to the bot in English. */
  operator: person,
  /** The accounts to connect; `code` is what Telegram will send them. */
  accounts: z.array(
    person.extend({ dcId: z.number().int(), code: z.string(), password: z.string().optional() }),
  ),
  chats: z.object({
    gardenClub: chat,
    cityNews: chat,
    cityNewsTalk: chat,
    quietChannel: chat,
    closedClub: chat,
    bigChannel: chat,
    target: chat,
  }),
});
export type DemoCast = z.infer<typeof demoCast>;
export type CastChat = z.infer<typeof chat>;
export type CastPerson = z.infer<typeof person>;

/** The cast of the crowd scenario: one account to connect and groups to read and to fill. */
export const crowdCast = z.object({
  bot,
  accounts: demoCast.shape.accounts,
  crowd: chat,
  target: chat,
});
export type CrowdCast = z.infer<typeof crowdCast>;
