import { z } from 'zod';
import { requestAuthorizationEnd } from '#db/commands/request-authorization-end.ts';
import { type AuthorizationItem, listAuthorizations } from '#db/queries/list-authorizations.ts';
import { errorKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { defineCommand, flag, option } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { accountWord, findAccount } from './find-account.ts';

/** `usher accounts sessions @name`: from where else the account is used, and the end of one of them. */
export const accountsSessions = defineCommand({
  synopsis: '<account>',
  options: {
    as: asOption,
    json: flag('one JSON object'),
    end: option(
      '<session>',
      z
        .string()
        .regex(/^-?\d{1,19}$/)
        .optional(),
      'end this session, as the list names it',
    ),
  },
  words: accountWord,
  run: ({ as, json, end }, [name]) =>
    runAs(as, end === undefined ? 'viewer' : 'admin', async ({ context, t, say }) => {
      const { accountId } = await findAccount(context(), name);
      if (end !== undefined) {
        await requestAuthorizationEnd(context(), { accountId, hash: end });
        return say(t('account-session-end-asked'));
      }
      const listed = await listAuthorizations(context(), { accountId });
      if (json) return say(JSON.stringify(listed));
      if (!listed.readAt) return say(t('account-sessions-unread', { name }));
      say(t('account-sessions-read', { at: listed.readAt.toISOString() }));
      for (const item of listed.authorizations) say(describe(item, t));
    }),
});

const describe = (item: AuthorizationItem, t: Translate): string => {
  const { device, app, country, hash, isCurrent, createdAt, activeAt, endAt, endError } = item;
  const line = t('account-session-line', {
    ...{ device, app, country, hash },
    since: createdAt.toISOString(),
    active: activeAt.toISOString(),
  });
  const notes = [
    ...(isCurrent ? [t('account-session-own')] : []),
    ...(endAt ? [t('account-session-ending')] : []),
    ...(endError ? [t(errorKey(endError))] : []),
  ];
  return [line, ...notes.map((note) => `  ${note}`)].join('\n');
};
