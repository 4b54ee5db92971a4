import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import type { Stage } from './stage.ts';

/** The people who own the accounts, and what they do in their own Telegram app. */
export const createOwners = ({ telegram }: Pick<Stage, 'telegram'>) => {
  const { world, loginTokens } = telegram;
  let phones = 0;
  return {
    add(fields: Partial<NewUser> = {}) {
      phones += 1;
      const phone = `7888${String(phones).padStart(7, '0')}`;
      return { ...addUser(world, { firstName: 'Ann', phone, ...fields }), phone };
    },
    /** The code Telegram sent last. */
    codeOf: (phone: string) => world.loginCode(phone) ?? '',
    scan: (link: string, userId: string) =>
      loginTokens.accept(Buffer.from(new URL(link).searchParams.get('token') ?? '', 'base64url'), userId),
    /** Counts the sessions that are opened in somebody's name from now on. */
    watchSessions(userId: string) {
      const open = { count: 0 };
      const first = new Promise<void>((resolve) => {
        world.on((event) => {
          if (!('user' in event) || event.user !== userId) return;
          if (event.kind === 'signed_in') open.count += 1;
          if (event.kind === 'signed_out') open.count -= 1;
          if (open.count > 0) resolve();
        });
      });
      return { open, first };
    },
  };
};
