import { useFiles } from '../../api/audience-files.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { importPath } from '../../router.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { Chip } from '../../ui/chip.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { CardText, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LinkRow } from '../link-row.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { isMoving, toneOf } from './file-look.ts';

/** Every file that was brought in, newest first. */
export const Files = () => {
  const { t } = useTexts();
  const now = useServerNow();
  const { items, total, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useFiles();
  if (!items) {
    return error ? (
      <LoadFailed title={t('audiences-files-lost')} error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  return (
    <div className={css.group}>
      <Section title={t('audiences-files-list')} count={total}>
        {items.length === 0 ? (
          <CardText>{t('audiences-files-none')}</CardText>
        ) : (
          <Rows>
            {items.map(({ fileId, name, status, rows, createdAt }) => (
              <LinkRow
                key={fileId}
                path={importPath(fileId)}
                title={name}
                detail={[
                  formatMoment(t, new Date(createdAt), now),
                  rows.total !== null && t('audiences-rows', { count: rows.total }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
                end={
                  <Chip
                    tone={toneOf[status]}
                    text={t(`audiences-file-${status}`)}
                    isMoving={isMoving(status)}
                  />
                }
              />
            ))}
          </Rows>
        )}
      </Section>
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
    </div>
  );
};
