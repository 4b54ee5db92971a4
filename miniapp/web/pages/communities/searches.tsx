import type { CommunitySearch } from '#miniapp/contract/community-searches.ts';
import { type Shown, useSearches } from '../../api/communities.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { type Texts, useTexts } from '../../texts/context.ts';
import { formatAgo, formatMoment } from '../../texts/format.ts';
import { reasonText } from '../../texts/reason.ts';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';

/** The last searches, each with how far it is and the way to what it found. */
export const Searches = (props: { shown: Shown; onShow: (searchId: string) => void }) => {
  const texts = useTexts();
  const { t } = texts;
  const now = useServerNow();
  const { data, error, refetch } = useSearches();
  const { shown } = props;
  if (!data && error) {
    return <LoadFailed title={t('communities-searches-lost')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <Skeleton cards={1} />;
  if (data.items.length === 0) return null;
  return (
    <Section title={t('communities-searches')} count={data.total}>
      <Rows>
        {data.items.map((search) => {
          const title = titleOf(texts, search);
          const isShown = 'searchId' in shown && shown.searchId === search.searchId;
          return (
            <Row
              key={search.searchId}
              title={title}
              detail={`${standing(texts, search, now)} · ${formatAgo(t, now - Date.parse(search.createdAt))}`}
              end={
                isShown
                  ? t('communities-search-shown')
                  : search.status !== 'failed' && (
                      <Button
                        text={t('communities-search-show')}
                        name={t('communities-search-show-name', { title })}
                        onClick={() => props.onShow(search.searchId)}
                      />
                    )
              }
            />
          );
        })}
      </Rows>
    </Section>
  );
};

const titleOf = ({ t }: Texts, { kind, words, like }: CommunitySearch): string => {
  if (kind === 'words') return t('communities-search-words', { words: words ?? '' });
  if (kind === 'similar') return t('communities-search-similar', { like: like ?? '' });
  return t(`communities-search-${kind}`);
};

const standing = ({ t }: Texts, search: CommunitySearch, now: number): string => {
  const { status, reason, waitsUntil, found, unread } = search;
  if (status === 'failed') return reason ? reasonText(t, reason) : t('communities-search-failed');
  if (status === 'waiting') {
    return waitsUntil
      ? t('communities-search-waits', { moment: formatMoment(t, new Date(waitsUntil), now) })
      : t('communities-search-asking');
  }
  if (found === 0) return t('communities-search-nothing');
  return unread > 0
    ? t('communities-search-reading', { read: found - unread, found })
    : t('communities-search-found', { found });
};
