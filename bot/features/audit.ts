import { Composer } from 'grammy';
import { Refused } from '#core/refusals.ts';
import { includesRole } from '#core/roles.ts';
import { type AuditItem, listAudit } from '#db/queries/list-audit.ts';
import type { Translate } from '#locales/translate.ts';
import type { BotContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { escapeHtml } from '../screen.ts';

const SHOWN = 15;

/** `/audit`, for owners: the last things that were done in the workspace, and by whom. */
export const auditFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  composer.chatType('private').command('audit', async (ctx) => {
    const { operator } = ctx;
    if (!operator || !includesRole(operator.role, 'owner')) throw new Refused('forbidden');
    const page = await listAudit({ db: deps.db, workspaceId: operator.workspaceId }, { limit: SHOWN });
    const lines = page.items.map((item) => auditLine(item, ctx.t));
    const text = [`<b>${ctx.t('bot-audit-title')}</b>`, lines.join('\n')].join('\n\n');
    await ctx.reply(text, { parse_mode: 'HTML' });
  });
  return composer;
};

const auditLine = ({ at, actor, actorName, action }: AuditItem, t: Translate): string =>
  t('bot-audit-line', {
    at,
    who: actor.kind === 'system' ? 'Usher' : escapeHtml(actorName ?? actor.operatorId),
    action,
  });
