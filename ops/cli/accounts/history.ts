import { type AccountHistory, getAccountHistory } from '#db/queries/get-account-history.ts';
import { listAccountLog } from '#db/queries/list-account-log.ts';
import type { AuditItem } from '#db/queries/list-audit.ts';
import { errorLabelKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { defineCommand, flag } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { accountWord, findAccount } from './find-account.ts';

const LOG_LINES = 30;

/** `usher accounts history @name`: what came of its calls, what went wrong, and who did what with it. */
export const accountsHistory = defineCommand({
  synopsis: '<account>',
  options: { as: asOption, json: flag('one JSON object') },
  words: accountWord,
  run: (flags, [name]) =>
    runAs(flags.as, 'admin', async ({ context, t, say }) => {
      const ctx = context();
      const { accountId } = await findAccount(ctx, name);
      const history = await getAccountHistory(ctx, { accountId });
      const { items: log } = await listAccountLog(ctx, { accountId, limit: LOG_LINES });
      if (flags.json) return say(JSON.stringify({ ...history, log }));
      say([...describeHistory(history, t), ...log.map((item) => describeLog(item, t))].join('\n'));
    }),
});

const describeHistory = ({ results, errors }: AccountHistory, t: Translate): string[] => [
  ...results.map(({ result, ...counts }) =>
    t('account-result-line', { result: t(`attempt-status-${result.replaceAll('_', '-')}`), ...counts }),
  ),
  ...errors.map(({ error, times, lastAt }) =>
    t('account-error-line', { error, label: t(errorLabelKey(error)), times, at: lastAt.toISOString() }),
  ),
];

const describeLog = ({ at, actor, actorName, action, after }: AuditItem, t: Translate): string =>
  t('account-log-line', {
    at: at.toISOString(),
    who: actor.kind === 'system' ? 'Usher' : (actorName ?? actor.operatorId),
    action,
    result: after ? JSON.stringify(after) : '',
  });
