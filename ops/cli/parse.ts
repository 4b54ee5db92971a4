import { z } from 'zod';
import { REFUSAL_CODES, refusalKey } from '#core/refusals.ts';
import { PARSE_SOURCES, PARSE_SPEEDS } from '#core/statuses.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { listParseTasks } from '#db/queries/list-parse-tasks.ts';
import { errorKey } from '#locales/keys.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option } from './command.ts';
import { actAs, asOption } from './operator.ts';
import { createScreen } from './screen.ts';
import { terminalLanguage } from './terminal-language.ts';
import { waitUntil } from './wait-until.ts';

/** `usher parse`: orders the collecting and follows it; Ctrl-C stops following, not collecting. */
export const parse = defineCommand({
  synopsis: '<community>',
  options: {
    as: asOption,
    source: option(
      '<source>',
      z.enum(PARSE_SOURCES).default('members'),
      `one of ${PARSE_SOURCES.join(', ')}`,
    ),
    speed: option('<speed>', z.enum(PARSE_SPEEDS).default('medium'), `one of ${PARSE_SPEEDS.join(', ')}`),
  },
  words: z.tuple([z.string().min(1)]),
  async run({ as, source, speed }, [reference]) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), as, 'operator');
    try {
      const { communityId } = await requestCommunity(operator.context(), { reference });
      const order = { communityId, source, speed, priority: 'normal' } as const;
      const { taskId } = await createParseTask(operator.context(), order);
      const screen = createScreen(process.stdout);
      const { status, reason } = await waitUntil(async () => {
        const task = (await listParseTasks(operator.context())).find((each) => each.taskId === taskId);
        if (!task) return;
        const { people, seen, total } = task;
        const detail = t('demo-parse', { people, status: t(`parse-status-${task.status}`) });
        screen.draw([{ label: reference, done: seen, total: total ?? undefined, detail }]);
        return ['done', 'refused', 'failed', 'cancelled'].includes(task.status) ? task : undefined;
      });
      if (status === 'done') return 0;
      const refusal = REFUSAL_CODES.find((code) => code === reason);
      process.stderr.write(`${t(refusal ? refusalKey(refusal) : errorKey(reason ?? ''))}\n`);
      return 1;
    } finally {
      await operator.close();
    }
  },
});
