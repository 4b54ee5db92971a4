import type { Member } from '#miniapp/contract/team.ts';
import { type Role, useTeamChange } from '../../api/team.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { nameOf, standingAlone } from '../../texts/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Refusal } from '../refusal.tsx';
import css from './team.module.css';

const FEEL = { onSuccess: () => feel('success'), onError: () => feel('error') };

/** The people of the workspace, with what the reader may change about each; every change is asked for twice. */
export const People = ({ members, total }: { members: readonly Member[]; total: number }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useTeamChange();
  const roleName = (role: Role) => standingAlone(t(`role-${role}`));

  const changeRole = async ({ operatorId, name }: Member, role: Role) => {
    const isMeant = await confirmWith({
      title: t('team-role-title'),
      message: t('team-role-text', { name, role: t(`role-${role}`) }),
      accept: t('team-role-accept'),
    });
    if (isMeant) mutate({ verb: 'role', operatorId, role }, FEEL);
  };
  const takeOut = async ({ operatorId, name, isSelf }: Member) => {
    const verb = isSelf ? 'leave' : 'remove';
    const isMeant = await confirmWith({
      title: t(`team-${verb}-title`),
      message: t(`team-${verb}-text`, { name }),
      accept: t(`team-${verb}-accept`),
    });
    if (isMeant) mutate({ verb, operatorId }, FEEL);
  };

  return (
    <div className={css.group}>
      <Section title={t('team-people')} count={total}>
        <Rows>
          {members.map((member) => (
            <Row
              key={member.operatorId}
              start={<Avatar name={member.name} />}
              title={member.isSelf ? t('team-you', { name: member.name }) : member.name}
              detail={
                <>
                  {member.username && nameOf(member)}
                  {isTouchable(member) && (
                    <span className={css.under}>
                      {member.mayBecome.length > 0 && (
                        <Select
                          label={t('team-role-of', { name: member.name })}
                          value={member.role}
                          options={[member.role, ...member.mayBecome].map((value) => ({
                            value,
                            text: roleName(value),
                          }))}
                          isBusy={isPending}
                          onChange={(role) => void changeRole(member, role)}
                        />
                      )}
                      {member.mayRemove && (
                        <Button
                          tone="bad"
                          text={t(member.isSelf ? 'team-leave' : 'team-remove')}
                          name={
                            member.isSelf
                              ? t('team-leave-title')
                              : t('team-remove-name', { name: member.name })
                          }
                          isBusy={isPending}
                          onClick={() => void takeOut(member)}
                        />
                      )}
                    </span>
                  )}
                </>
              }
              end={member.mayBecome.length === 0 && roleName(member.role)}
            />
          ))}
        </Rows>
      </Section>
      <Refusal error={error} />
    </div>
  );
};

const isTouchable = ({ mayBecome, mayRemove }: Member): boolean => mayBecome.length > 0 || mayRemove;
