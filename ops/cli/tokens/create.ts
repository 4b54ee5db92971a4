import { z } from 'zod';
import { API_TOKEN_LONGEST_DAYS } from '#core/api-token.ts';
import { DAY_MS, later } from '#core/duration.ts';
import { ROLES } from '#core/roles.ts';
import { createApiToken } from '#db/commands/create-api-token.ts';
import { defineCommand, option } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';

const days = z.coerce.number().int().min(1).max(API_TOKEN_LONGEST_DAYS);

/** `usher tokens create`: the token alone on standard output, so that it can be handed on without being seen. */
export const tokensCreate = defineCommand({
  synopsis: '',
  options: {
    as: asOption,
    name: option('<text>', z.string().trim().min(1).max(64), 'what it is for'),
    role: option('<role>', z.enum(ROLES).default('viewer'), `one of ${ROLES.join(', ')}, at most your own`),
    days: option('<days>', days.default(90), `how long it holds, 1 to ${API_TOKEN_LONGEST_DAYS}`),
  },
  words: z.tuple([]),
  async run(flags) {
    return runAs(flags.as, 'admin', async ({ context, t, say }) => {
      const createdAt = new Date();
      const expiresAt = later(createdAt, flags.days * DAY_MS);
      const { token } = await createApiToken(context(), {
        name: flags.name,
        role: flags.role,
        createdAt,
        expiresAt,
      });
      say(token);
      process.stderr.write(`${t('token-made', { at: expiresAt })}\n`);
    });
  },
});
