import { useEndSession, useSessions, useSignOut } from '../../api/team.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatAgo } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import css from './team.module.css';

/** Where one is signed in oneself, and the end of any of it. */
export const Sessions = () => {
  const { t } = useTexts();
  const { items, first, total, error: lost, refetch, ...more } = useSessions();
  const ending = useEndSession();
  const leaving = useSignOut();
  if (lost && !items) {
    return <LoadFailed title={t('team-sessions-lost')} error={lost} onRetry={() => void refetch()} />;
  }
  if (!items || !first) return <Skeleton cards={1} />;
  const ago = (usedAt: string) => formatAgo(t, Math.max(0, Date.parse(first.realNow) - Date.parse(usedAt)));
  return (
    <div className={css.group}>
      <Section title={t('team-sessions')} count={total}>
        <Rows>
          {items.map(({ sessionId, device, workspace, isThisOne, usedAt }) => (
            <Row
              key={sessionId}
              title={t(`team-device-${device}`)}
              detail={isThisOne ? t('team-session-this', { workspace }) : `${workspace} · ${ago(usedAt)}`}
              end={
                isThisOne ? (
                  <Button
                    text={t('team-sign-out')}
                    isBusy={leaving.isPending}
                    onClick={() => leaving.mutate()}
                  />
                ) : (
                  <Button
                    tone="bad"
                    text={t('team-session-end')}
                    isBusy={ending.isPending}
                    onClick={() => ending.mutate(sessionId, { onSuccess: () => feel('success') })}
                  />
                )
              }
            />
          ))}
        </Rows>
      </Section>
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
      <Refusal error={ending.error ?? leaving.error} />
    </div>
  );
};
