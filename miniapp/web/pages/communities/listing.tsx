import { useState } from 'react';
import type { Community } from '#miniapp/contract/communities.ts';
import {
  type CommunityFilters,
  type Mark,
  type Shown,
  useCommunities,
  useMark,
  useSearch,
} from '../../api/communities.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import { CommunityCard } from './card.tsx';
import css from './communities.module.css';

type Marked = { communityId: string; title: string; before: Mark; mark: Mark };

/** The communities of one list, each with what may be done with it; the last change can be taken back. */
export const Listing = (props: {
  shown: Shown;
  filters: CommunityFilters;
  maySteer: boolean;
  onSearch: (searchId: string) => void;
}) => {
  const { t } = useTexts();
  const { shown, filters, maySteer } = props;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useCommunities(
    shown,
    filters,
  );
  const marking = useMark();
  const searching = useSearch();
  const [last, setLast] = useState<Marked>();
  const items = data?.pages.flatMap((page) => page.items);
  const isFiltered = Object.keys(filters).length > 0;
  const list = 'mark' in shown ? shown.mark : 'search';

  const mark = ({ communityId, mark: before, title, reference }: Community, wanted: Mark) =>
    marking.mutate(
      { communityId, mark: wanted },
      {
        onSuccess: () => {
          feel('success');
          setLast({ communityId, title: title ?? reference, before, mark: wanted });
        },
        onError: () => feel('error'),
      },
    );
  const undo = ({ communityId, before }: Marked) =>
    marking.mutate({ communityId, mark: before }, { onSuccess: () => setLast(undefined) });
  const findSimilar = ({ communityId }: Community) =>
    searching.mutate(
      { kind: 'similar', communityId },
      { onSuccess: ({ searchId }) => props.onSearch(searchId), onError: () => feel('error') },
    );
  const markedText = ({ mark, title }: Marked) => t(`communities-marked-${mark}`, { title });

  return (
    <>
      <Refusal error={marking.error ?? searching.error} />
      {last && (
        <div role="status" className={css.undo}>
          <span>{markedText(last)}</span>
          <Button text={t('communities-undo')} isBusy={marking.isPending} onClick={() => undo(last)} />
        </div>
      )}
      {!items && !error && <Skeleton cards={3} />}
      {!items && error && (
        <LoadFailed title={t('communities-lost')} error={error} onRetry={() => void refetch()} />
      )}
      {items?.length === 0 && (
        <Notice
          art="empty"
          title={t(isFiltered ? 'communities-none-fits' : `communities-empty-${list}`)}
          text={t(isFiltered ? 'communities-none-fits-text' : `communities-empty-${list}-text`)}
        />
      )}
      {items && items.length > 0 && (
        <ul className={css.list}>
          {items.map((community) => (
            <CommunityCard
              key={community.communityId}
              community={community}
              maySteer={maySteer}
              isBusy={marking.isPending || searching.isPending}
              onMark={(wanted) => mark(community, wanted)}
              onSimilar={() => findSimilar(community)}
            />
          ))}
        </ul>
      )}
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
    </>
  );
};
