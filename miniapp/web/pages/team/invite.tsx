import { useState } from 'react';
import { INVITATION_DAYS, type InvitationDays } from '#miniapp/contract/invitation-days.ts';
import { type Role, useInvite } from '../../api/team.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Refusal } from '../refusal.tsx';
import { InvitationLink } from './invitation-link.tsx';
import css from './team.module.css';

const DAYS = INVITATION_DAYS.map(String);

/** Makes a link that brings one person in, with a role and for some days. */
export const Invite = ({ roles }: { roles: readonly Role[] }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, data } = useInvite();
  const [wished, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState<InvitationDays>(7);
  // One's own role may have changed meanwhile.
  const role = roles.includes(wished) ? wished : (roles[0] ?? 'viewer');
  return (
    <div className={css.group}>
      <Section title={t('team-invite')}>
        <div className={css.form}>
          <p className={css.hint}>{t(`team-role-can-${role}`)}</p>
          <div className={css.deeds}>
            <Select
              label={t('team-invite-role')}
              value={role}
              options={roles.map((value) => ({ value, text: standingAlone(t(`role-${value}`)) }))}
              onChange={setRole}
            />
            <Select
              label={t('team-invite-days')}
              value={String(days)}
              options={DAYS.map((value) => ({ value, text: t('days-count', { count: Number(value) }) }))}
              onChange={(text) => setDays(INVITATION_DAYS.find((value) => String(value) === text) ?? 7)}
            />
            <Button
              text={t('team-invite-make')}
              isBusy={isPending}
              onClick={() =>
                mutate({ role, days }, { onSuccess: () => feel('success'), onError: () => feel('error') })
              }
            />
          </div>
          {data && <InvitationLink key={data.invitationId} link={data.link} />}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
