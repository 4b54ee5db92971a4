import { z } from 'zod';
import { createDb } from '#db/connect.ts';
import { listWorkspaces } from '#db/queries/list-workspaces.ts';
import { type AuditVerdict, verifyAudit } from '#db/queries/verify-audit.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords, option } from '../command.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher audit verify`: computes the chain of every workspace anew; ends with 1 when a row does not fit. */
export const auditVerify = defineCommand({
  synopsis: '',
  options: {
    noted: option(
      '<hash>',
      z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
      'an end of a log that was told earlier, to see that nothing was cut off since',
    ),
  },
  words: noWords,
  async run({ noted }) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const say = (text: string) => void process.stdout.write(`${text}\n`);
    const { db, close } = createDb(readCommonConfig(env).databaseUrl, { role: 'usher_app', max: 2 });
    try {
      const verdicts: AuditVerdict[] = [];
      for (const { workspaceId, name } of await listWorkspaces(db)) {
        const verdict = await verifyAudit({ db, workspaceId }, noted);
        say(describe(name, verdict, t));
        verdicts.push(verdict);
      }
      const isCutOff = noted !== undefined && !verdicts.some(({ holdsNoted }) => holdsNoted);
      if (isCutOff) say(t('audit-noted-missing', { hash: noted }));
      return isCutOff || verdicts.some(({ broken }) => broken) ? 1 : 0;
    } finally {
      await close();
    }
  },
});

const describe = (name: string, { verified, unsealed, head, broken }: AuditVerdict, t: Translate): string => {
  if (!broken) return t('audit-whole', { name, count: verified, unsealed, head });
  const { kind, auditId, action, at, position, expected } = broken;
  const row = { position, action, at: at.toISOString(), id: auditId };
  return [
    t('audit-broken', { name, ...row }),
    t(`audit-broken-${kind}`, { last: position - 1, expected }),
    t('audit-before-is-whole', { count: verified }),
  ].join('\n  ');
};
