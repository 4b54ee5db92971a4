import { useState } from 'react';
import type { Community } from '#miniapp/contract/communities.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useCommunity, useSavedCommunities } from '../../api/communities.ts';
import { type NewTask, type Source, useCreateTask } from '../../api/tasks.ts';
import { navigate, taskPath } from '../../router.ts';
import { feel } from '../../telegram/haptics.ts';
import { useMainButton } from '../../telegram/main-button.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Choices } from '../../ui/choices.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { AccountChoice } from '../account-choice.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import { PRIORITIES, SpeedChoice } from './speed-choice.tsx';
import css from './tasks.module.css';
import { emptyWish, WishFields, wishAsSent } from './wish-fields.tsx';

/** What is to be collected, from where and how fast; nothing begins before one has seen how long it takes. */
export const NewTaskForm = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const saved = useSavedCommunities({ offered: 'true' });
  const [chosen, setChosen] = useState(new URLSearchParams(location.search).get('community') ?? undefined);
  const items = saved.data;
  const communityId = chosen ?? items?.[0]?.communityId;
  const { data: community, error, refetch } = useCommunity(communityId);
  const lost = error ?? (chosen ? undefined : saved.error);
  // One that comes from a search may not be among the saved.
  const choices = [community, ...(items ?? [])].filter((one) => one !== undefined);
  const options = [...new Map(choices.map((one) => [one.communityId, one])).values()].map((one) => ({
    value: one.communityId,
    text: one.title ?? one.reference,
  }));
  return (
    <Page title={t('tasks-new')} subtitle={me.workspace.name}>
      {lost && !community && (
        <LoadFailed title={t('tasks-community-lost')} error={lost} onRetry={() => void refetch()} />
      )}
      {!communityId && items?.length === 0 && (
        <Notice
          art="empty"
          title={t('tasks-no-community')}
          text={t('tasks-no-community-text')}
          action={{ text: t('web-communities'), onClick: () => navigate('/communities') }}
        />
      )}
      {!community && !lost && (communityId || !items) && <Skeleton cards={2} />}
      {community && communityId && (
        <>
          <Section title={t('tasks-community')}>
            <div className={css.form}>
              <Select
                label={t('tasks-community')}
                value={communityId}
                options={options}
                onChange={setChosen}
              />
            </div>
          </Section>
          {me.maySteer && <Order key={communityId} community={community} />}
        </>
      )}
    </Page>
  );
};

const Order = ({ community }: { community: Community }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useCreateTask();
  const { communityId } = community;
  const sources = sourcesOf(community);
  const [source, setSource] = useState<Source>(sources[0] ?? 'members');
  const [speed, setSpeed] = useState<NewTask['speed']>('medium');
  const [priority, setPriority] = useState<NewTask['priority']>('normal');
  const [accountId, setAccountId] = useState<string>();
  const [wish, setWish] = useState(emptyWish);

  const start = () =>
    mutate(
      {
        ...{ communityId, source, speed, priority, wish: wishAsSent(source, wish) },
        ...(accountId && { accountId }),
      },
      {
        onSuccess: ({ taskId }) => {
          feel('success');
          navigate(taskPath(taskId), { replaces: true });
        },
        onError: () => feel('error'),
      },
    );
  useMainButton({ text: t('tasks-start'), isBusy: isPending, onClick: start });
  return (
    <>
      <Section title={t('tasks-whom')}>
        <div className={css.form}>
          <Choices
            label={t('tasks-whom')}
            value={source}
            options={sources.map((value) => ({ value, text: standingAlone(t(`parse-source-${value}`)) }))}
            onChange={setSource}
          />
          <p className={css.hint}>{t(`tasks-source-${source}`)}</p>
          <WishFields source={source} wish={wish} onChange={setWish} />
        </div>
      </Section>
      <SpeedChoice
        order={{ communityId, source, searchesLetters: source === 'members' && wish.searchesLetters }}
        speed={speed}
        onChange={setSpeed}
      />
      <Section title={t('tasks-priority')}>
        <div className={css.form}>
          <Choices
            label={t('tasks-priority')}
            value={priority}
            options={PRIORITIES.map((value) => ({ value, text: standingAlone(t(`priority-${value}`)) }))}
            onChange={setPriority}
          />
          <p className={css.hint}>{t('tasks-priority-hint')}</p>
          <AccountChoice value={accountId} onChange={setAccountId} />
        </div>
      </Section>
      <Refusal error={error} />
    </>
  );
};

/** Channels give their commenters; groups their members unless they hide them, and always who writes and reacts. */
const sourcesOf = ({ kind, membersHidden }: Community): readonly Source[] => {
  if (kind === 'channel') return ['commenters'];
  return membersHidden ? ['messages', 'reactions', 'members'] : ['members', 'messages', 'reactions'];
};
