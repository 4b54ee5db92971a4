import type { LimitUse } from '#core/account/limits.ts';
import { type RefusalCode, refusalKey } from '#core/refusals.ts';
import { type AccountDetail, getAccount } from '#db/queries/get-account.ts';
import { type AccountRights, listAccountRights } from '#db/queries/list-account-rights.ts';
import { adminRightKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { defineCommand, flag } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { accountWord, findAccount } from './find-account.ts';
import { describeAccount } from './list.ts';

/** `usher accounts show @name`: its health, and what it has used of every limit. */
export const accountsShow = defineCommand({
  synopsis: '<account>',
  options: { as: asOption, json: flag('one JSON object') },
  words: accountWord,
  async run(flags, [name]) {
    return runAs(flags.as, 'viewer', async ({ context, t, say }) => {
      const ctx = context();
      const { accountId } = await findAccount(ctx, name);
      const detail = await getAccount(ctx, { accountId });
      const rights = await listAccountRights(ctx, { accountId });
      const lines = flags.json
        ? [JSON.stringify({ ...detail, rights })]
        : [...describeDetail(detail, ctx.now, t), ...rights.map((right) => describeRight(right, t))];
      say(lines.join('\n'));
    });
  },
});

const describeDetail = (detail: AccountDetail, now: Date, t: Translate): string[] => [
  describeAccount(detail, t),
  t('account-health', { score: detail.health.score }),
  ...detail.health.issues.map(({ issue, count, points }) => {
    return `  -${points}  ${t(`health-${issue}`, { count })}`;
  }),
  ...detail.limits.map((use) => describeUse(use, now, t)),
  ...detail.communities.flatMap(({ title, limits }) => [
    title,
    ...limits.map((use) => describeUse(use, now, t)),
  ]),
];

const describeRight = (right: AccountRights, t: Translate): string => {
  const { name, isMember, isAdmin, mayInvite, adminRights, checkedAt, refusal } = right;
  if (!checkedAt) return t('account-right-unread', { name });
  if (refusal) return `${name}: ${t(refusalKey(refusal as RefusalCode), { reference: name })}`;
  const standing = isAdmin ? 'admin' : isMember ? 'member' : 'none';
  const line = t('account-right-line', {
    name,
    standing: t(`account-standing-${standing}`),
    invites: t(mayInvite ? 'account-may-invite' : 'account-may-not-invite'),
    at: checkedAt.toISOString(),
  });
  if (adminRights.length === 0) return line;
  const rights = adminRights.map((one) => t(adminRightKey(one))).join(', ');
  return t('account-right-list', { line, rights });
};

const describeUse = ({ rule, used, limit, roomAt }: LimitUse, now: Date, t: Translate): string => {
  const room =
    roomAt === null || roomAt <= now ? '' : `, ${t('limit-room-at', { at: roomAt.toISOString() })}`;
  return `  ${t(`limit-${rule}`)}: ${used} / ${limit}${room}`;
};
