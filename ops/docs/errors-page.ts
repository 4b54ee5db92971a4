import { SECOND_MS } from '#core/duration.ts';
import type { Language } from '#core/statuses.ts';
import type { CatalogueEntry, Reaction } from '#core/telegram/catalogue-entry.ts';
import { CATALOGUED_ERRORS, classify } from '#core/telegram/error-catalogue.ts';
import { formatDuration } from '#locales/duration.ts';
import { errorKey } from '#locales/keys.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';

/** The error catalogue as a page for people. */
export function errorsPage(language: Language): string {
  const t = createTranslate(language);
  const head = ['name', 'concerns', 'what', 'reaction', 'source'].map((column) => t(`docs-errors-${column}`));
  const rows = CATALOGUED_ERRORS.map((name) => {
    const entry: CatalogueEntry = classify({ kind: 'rpc', error: name });
    return [
      `\`${name}\``,
      t(`concern-${entry.concerns.replaceAll('_', '-')}`),
      t(errorKey(name)),
      describeReaction(entry.reaction, t),
      entry.source,
    ];
  });
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `# ${t('docs-errors-title')}\n\n${t('docs-errors-intro')}\n\n${table.join('\n')}\n`;
}

function describeReaction(reaction: Reaction, t: Translate): string {
  switch (reaction.kind) {
    case 'refuse':
      if (reaction.suppress) return t('reaction-refuse-suppress');
      return t(reaction.learn ? 'reaction-refuse-everywhere' : 'reaction-refuse');
    case 'retry_later': {
      const duration = formatDuration(t, reaction.afterSeconds * SECOND_MS);
      return reaction.times === undefined
        ? t('reaction-retry-later', { duration })
        : t('reaction-retry-later-times', { duration, times: reaction.times });
    }
    default:
      return t(`reaction-${reaction.kind.replaceAll('_', '-')}`);
  }
}
