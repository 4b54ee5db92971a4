import { z } from 'zod';
import { createDb } from '#db/connect.ts';
import { provisionNode } from '#db/nodes.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { readMachine } from '#process/machine.ts';
import { defineCommand, noWords, option } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';

const text = z.string().min(1).max(200).optional();

/** `usher nodes provision`: a machine is expected before its first worker runs, so that its absence is seen. */
export const nodesProvision = defineCommand({
  synopsis: '',
  options: {
    hardware: option(
      '<id>',
      text,
      "another machine's id, as `usher nodes list` shows it; this one's without it",
    ),
    name: option('<host>', text, 'how the machine is called; its host name without it'),
  },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const here = readMachine();
    const hardwareId = flags.hardware ?? here.hardwareId;
    const hostname = flags.name ?? (flags.hardware ? hardwareId : here.hostname);
    const { db, close } = createDb(readCommonConfig(env).databaseUrl, { role: 'usher_worker', max: 1 });
    try {
      const { isNew } = await provisionNode(db, { hardwareId, hostname });
      const facts = { name: hostname, hardware: hardwareId };
      process.stdout.write(`${t(isNew ? 'nodes-provisioned' : 'nodes-known', facts)}\n`);
      return 0;
    } finally {
      await close();
    }
  },
});
