import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { typedLines } from '#core/audience/source.ts';
import { BASES } from '#core/statuses.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { listParseTasks } from '#db/queries/list-parse-tasks.ts';
import { createTranslate } from '#locales/translate.ts';
import { readWorkerConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, flag, option, UsageError } from './command.ts';
import { launchCampaign, makeAudience } from './launch-campaign.ts';
import { actAs, asOption } from './operator.ts';
import { terminalLanguage } from './terminal-language.ts';

const text = z.string().trim().min(1);

/** `usher invite`: starts a campaign of all accounts; bot and Mini App show how it goes. */
export const invite = defineCommand({
  synopsis: '<community>',
  options: {
    as: asOption,
    name: option('<text>', text, 'the name of the campaign'),
    list: option('<file>', text.optional(), 'people by @name, t.me link or Telegram id, one a line'),
    basis: option(
      '<basis>',
      z.enum(BASES).default('collected'),
      `why the people of the list may be invited, one of ${BASES.join(', ')}; collected unless given`,
    ),
    parsed: flag('everybody collected by `usher parse`, without bots, deleted accounts and admins'),
    limit: option('<number>', z.coerce.number().int().min(1).optional(), 'at most so many of the collected'),
    acknowledge: option(
      '<text>',
      text.optional(),
      "the owner's words that collected people may be added directly; kept in the audit log",
    ),
  },
  words: z.tuple([text]),
  async run(flags, [reference]) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const typed = flags.list === undefined ? [] : readList(flags.list);
    if (typed.length === 0 && !flags.parsed)
      throw new UsageError('name people with --list, --parsed or both');
    const config = readWorkerConfig(env);
    const operator = await actAs(config, flags.as, flags.acknowledge ? 'owner' : 'operator');
    const { context } = operator;
    try {
      const tasks = flags.parsed
        ? (await listParseTasks(context())).filter(({ status }) => status === 'done')
        : [];
      const { audienceId, rejects } = await makeAudience(context, {
        name: flags.name,
        source: {
          taskIds: tasks.map(({ taskId }) => taskId),
          typed,
          typedBasis: flags.basis,
          ...(flags.limit !== undefined && { limit: flags.limit }),
        },
      });
      for (const { line, text } of rejects) process.stdout.write(`${t('demo-nameless', { line, text })}\n`);
      if (flags.acknowledge) await acknowledgeCollected(context(), { text: flags.acknowledge });
      const accounts = await listAccounts(context());
      await launchCampaign(context, {
        name: flags.name,
        reference,
        audienceId,
        accountIds: accounts.map(({ accountId }) => accountId),
        hashPerson: createHashPerson(config.suppressionKey),
      });
      process.stdout.write(`${t('invite-started', { name: flags.name })}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});

function readList(file: string) {
  try {
    return typedLines(readFileSync(file, 'utf8'));
  } catch {
    throw new UsageError(`--list: ${file} cannot be read`);
  }
}
