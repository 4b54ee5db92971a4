import { z } from 'zod';
import { REFUSAL_CODES, refusalKey } from '#core/refusals.ts';
import { PARSE_SOURCES, PARSE_SPEEDS } from '#core/statuses.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { listParseTasks } from '#db/queries/list-parse-tasks.ts';
import { errorKey } from '#locales/keys.ts';
import { defineCommand, option } from './command.ts';
import { asOption } from './operator.ts';
import { runAs } from './run-as.ts';
import { createScreen } from './screen.ts';
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
    let exitCode = 0;
    await runAs(as, 'operator', async ({ context, t }) => {
      const { communityId } = await requestCommunity(context(), { reference });
      const order = { communityId, source, speed, priority: 'normal' } as const;
      const { taskId } = await createParseTask(context(), order);
      const screen = createScreen(process.stdout);
      const { status, reason } = await waitUntil(async () => {
        const task = (await listParseTasks(context())).find((each) => each.taskId === taskId);
        if (!task) return;
        const { people, seen, total } = task;
        const detail = t('demo-parse', { people, status: t(`parse-status-${task.status}`) });
        screen.draw([{ label: reference, done: seen, total: total ?? undefined, detail }]);
        return ['done', 'refused', 'failed', 'cancelled'].includes(task.status) ? task : undefined;
      });
      if (status === 'done' && reason === null) return;
      const refusal = REFUSAL_CODES.find((code) => code === reason);
      process.stderr.write(`${t(refusal ? refusalKey(refusal) : errorKey(reason ?? ''))}\n`);
      exitCode = 1;
    });
    return exitCode;
  },
});
