import { useServerNow } from '../../api/server-clock.ts';
import { useInvitations, useTeamChange } from '../../api/team.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import css from './team.module.css';

/** Invitations nobody has used yet. */
export const Invitations = () => {
  const { t } = useTexts();
  const now = useServerNow();
  const { items, total, error: lost, refetch, ...more } = useInvitations();
  const { mutate, isPending, error } = useTeamChange();
  if (lost && !items) {
    return <LoadFailed title={t('team-invitations-lost')} error={lost} onRetry={() => void refetch()} />;
  }
  if (!items?.length) return null;
  return (
    <div className={css.group}>
      <Section title={t('team-invitations')} count={total}>
        <Rows>
          {items.map(({ invitationId, role, invitedBy, expiresAt }) => (
            <Row
              key={invitationId}
              title={standingAlone(t(`role-${role}`))}
              detail={t('team-invitation-detail', {
                name: invitedBy,
                moment: formatMoment(t, new Date(expiresAt), now),
              })}
              end={
                <Button
                  tone="bad"
                  text={t('team-withdraw')}
                  isBusy={isPending}
                  onClick={() => mutate({ verb: 'withdraw', invitationId })}
                />
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
      <Refusal error={error} />
    </div>
  );
};
