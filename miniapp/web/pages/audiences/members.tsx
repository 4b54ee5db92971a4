import { useState } from 'react';
import { type PersonRow, useMembers } from '../../api/people.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useSettled } from '../../api/use-settled.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { Field } from '../../ui/field.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { personName } from '../person-name.ts';
import { Refusal } from '../refusal.tsx';
import look from './audiences.module.css';

/** Who is in an audience: of each why they may be invited, and what brought them there, when and by whose order. */
export const Members = ({ audienceId }: { audienceId: string }) => {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useMembers({ audienceId, search });
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <div className={look.part}>
      <h3 className={look.heading}>{t('audiences-members')}</h3>
      <Field
        type="search"
        label={t('audiences-members-find')}
        maxLength={64}
        value={typed}
        onChange={setTyped}
      />
      {items?.length === 0 && <p>{t('audiences-members-nobody')}</p>}
      <ul>
        {items?.map((person) => (
          <Member key={person.personId} person={person} />
        ))}
      </ul>
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
      <Refusal error={error} />
    </div>
  );
};

type Membership = NonNullable<PersonRow['membership']>;

const Member = ({ person }: { person: PersonRow }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const { username, membership } = person;
  const name = personName(person);
  const address = username && name !== `@${username}` ? ` · @${username}` : '';
  return (
    <li className={look.listed}>
      <div>{`${name}${address}`}</div>
      {membership && (
        <div>
          {[
            t(`basis-${membership.basis}`),
            fromWhere(t, membership),
            formatMoment(t, new Date(membership.at), now),
            membership.by && t('audiences-from-by', { name: membership.by }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      )}
    </li>
  );
};

const fromWhere = (
  t: ReturnType<typeof useTexts>['t'],
  { origin, originName, source }: Membership,
): string => {
  switch (origin) {
    case 'typed':
    case 'segment':
      return t(`audiences-from-${origin}`);
    default:
      if (originName === null) return t(`audiences-from-${origin}-gone`);
      return t(`audiences-from-${origin}`, {
        name: originName,
        source: source ? t(`parse-source-${source}`) : '',
      });
  }
};
