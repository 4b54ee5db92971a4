import type { Me } from '#miniapp/contract/session.ts';
import { useTeam } from '../../api/team.ts';
import { useTexts } from '../../texts/context.ts';
import { WithTexts } from '../../texts/more.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Invitations } from './invitations.tsx';
import { Invite } from './invite.tsx';
import { People } from './people.tsx';
import { Sessions } from './sessions.tsx';
import css from './team.module.css';
import { teamTexts } from './texts.ts';
import { Workspaces } from './workspaces.tsx';

/** Who is in the workspace and how others come in; where one works, and where one is signed in. */
export const TeamPage = ({ me }: { me: Me }) => (
  <WithTexts more={teamTexts}>
    <Team me={me} />
  </WithTexts>
);

const Team = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const { items, first, total, error, refetch, ...more } = useTeam();
  return (
    <Page title={t('web-team')} subtitle={me.workspace.name}>
      {!items && !error && <Skeleton cards={2} />}
      {!items && error && <LoadFailed title={t('team-lost')} error={error} onRetry={() => void refetch()} />}
      {items && first && (
        <div className={css.columns}>
          <div className={css.column}>
            <People members={items} total={total} />
            <MoreButton
              hasMore={more.hasNextPage}
              isBusy={more.isFetchingNextPage}
              onClick={() => void more.fetchNextPage()}
            />
            {first.mayInvite.length > 0 && (
              <>
                <Invite roles={first.mayInvite} />
                <Invitations />
              </>
            )}
          </div>
          <div className={css.column}>
            <Workspaces me={me} />
            <Sessions />
          </div>
        </div>
      )}
    </Page>
  );
};
