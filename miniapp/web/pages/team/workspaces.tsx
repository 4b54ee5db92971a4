import type { Me } from '#miniapp/contract/session.ts';
import { useSwitch } from '../../api/team.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Refusal } from '../refusal.tsx';
import css from './team.module.css';

/** The workspaces of somebody who is in several, and the way from one to the other. */
export const Workspaces = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useSwitch();
  if (me.workspaces.length < 2) return null;
  return (
    <div className={css.group}>
      <Section title={t('team-workspaces')} count={me.workspaces.length}>
        <Rows>
          {me.workspaces.map(({ workspaceId, name, role }) => (
            <Row
              key={workspaceId}
              start={<Avatar name={name} />}
              title={name}
              detail={standingAlone(t(`role-${role}`))}
              end={
                workspaceId === me.workspace.workspaceId ? (
                  t('team-workspace-here')
                ) : (
                  <Button
                    text={t('team-switch')}
                    name={t('team-switch-to', { name })}
                    isBusy={isPending}
                    onClick={() => mutate(workspaceId)}
                  />
                )
              }
            />
          ))}
        </Rows>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
