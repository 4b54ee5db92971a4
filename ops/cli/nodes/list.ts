import { createDb } from '#db/connect.ts';
import { listNodes, type NodeItem } from '#db/nodes.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, flag, noWords } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher nodes list`: for whoever runs the machines, so it belongs to no workspace. */
export const nodesList = defineCommand({
  synopsis: '',
  options: { json: flag('one JSON array') },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const { db, close } = createDb(readCommonConfig(env).databaseUrl, { role: 'usher_app', max: 1 });
    try {
      const nodes = await listNodes(db);
      const lines = flags.json ? [JSON.stringify(nodes)] : nodes.map((node) => describe(node, t));
      process.stdout.write(`${lines.length > 0 ? lines.join('\n') : t('nodes-none')}\n`);
      return 0;
    } finally {
      await close();
    }
  },
});

const describe = (
  { name, status, accounts, version, capacity, seenAt, hardwareId }: NodeItem,
  t: Translate,
) =>
  t('nodes-line', {
    name,
    status: t(`node-status-${status}`),
    accounts,
    capacity: capacity ?? 0,
    version: version ?? '-',
    seen: seenAt?.toISOString() ?? '-',
    hardware: hardwareId,
  });
