import type { Community } from '#miniapp/contract/communities.ts';
import type { Mark } from '../../api/communities.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { newTaskPath } from '../../router.ts';
import { type Texts, useTexts } from '../../texts/context.ts';
import { formatAgo, standingAlone } from '../../texts/format.ts';
import { reasonText } from '../../texts/reason.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkButton } from '../link-button.tsx';
import css from './communities.module.css';

/** Marks one may give from each list, with the deed's word. */
const DEEDS: Record<Mark, readonly Mark[]> = {
  found: ['saved', 'blocked'],
  saved: ['found', 'blocked'],
  blocked: ['found'],
};

/** What an account has read of one community, and what may be done with it. */
export const CommunityCard = (props: {
  community: Community;
  maySteer: boolean;
  isBusy: boolean;
  onMark: (mark: Mark) => void;
  onSimilar: () => void;
}) => {
  const texts = useTexts();
  const { t } = texts;
  const now = useServerNow();
  const { community } = props;
  const { title, reference, mark, kind, about } = community;
  const name = title ?? reference;
  const address = addressOf(community);
  const shownReference = community.username ? `@${community.username}` : reference;
  return (
    <li className={css.card}>
      <div className={css.head}>
        <Avatar name={name} isLarge />
        <div className={css.names}>
          <h2 className={css.name}>{name}</h2>
          {address ? (
            <a href={address} target="_blank" rel="noreferrer" className={css.reference}>
              {shownReference}
            </a>
          ) : (
            <span className={css.hint}>{shownReference}</span>
          )}
        </div>
      </div>
      {factsOf(texts, community, now).length > 0 && (
        <ul className={css.facts}>
          {factsOf(texts, community, now).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      {about && <p className={css.about}>{about}</p>}
      <Standing community={community} />
      {props.maySteer && (
        <div className={css.deeds}>
          {mark !== 'blocked' && community.isOffered && (
            <LinkButton path={newTaskPath(community.communityId)} text={t('communities-collect')} />
          )}
          {DEEDS[mark].map((wanted) => (
            <Button
              key={wanted}
              tone={wanted === 'blocked' ? 'bad' : 'accent'}
              text={t(`communities-from-${mark}-to-${wanted}`)}
              name={`${t(`communities-from-${mark}-to-${wanted}`)}: ${name}`}
              isBusy={props.isBusy}
              onClick={() => props.onMark(wanted)}
            />
          ))}
          {kind === 'channel' && mark !== 'blocked' && (
            <Button
              text={t('communities-similar')}
              name={`${t('communities-similar')}: ${name}`}
              isBusy={props.isBusy}
              onClick={props.onSimilar}
            />
          )}
        </div>
      )}
    </li>
  );
};

/** Why people cannot be collected there, or that nobody has looked yet. */
const Standing = ({ community }: { community: Community }) => {
  const { t } = useTexts();
  if (community.refusal) return <p className={css.refused}>{reasonText(t, community.refusal)}</p>;
  if (!community.checkedAt) return <p className={css.hint}>{t('communities-unread')}</p>;
  return community.isOffered ? null : <p className={css.hint}>{t('communities-not-offered')}</p>;
};

const factsOf = ({ t, language }: Texts, community: Community, now: number): string[] => {
  const { kind, membersCount, membersHidden, linkedTelegramId, recentComments, lastPostAt } = community;
  const languageName = community.language && new Intl.DisplayNames([language], { type: 'language' });
  return [
    kind && standingAlone(t(`community-kind-${kind}`)),
    membersCount !== null && t('members-count', { count: membersCount }),
    membersHidden && t('communities-members-hidden'),
    linkedTelegramId !== null && t('communities-discussion'),
    recentComments !== null && kind === 'channel' && t('communities-comments', { count: recentComments }),
    lastPostAt &&
      t('communities-last-post', { ago: formatAgo(t, Math.max(0, now - Date.parse(lastPostAt))) }),
    languageName && standingAlone(languageName.of(community.language ?? '') ?? ''),
  ].filter((fact) => typeof fact === 'string');
};

/** Its address at Telegram; undefined for what has an id only. */
const addressOf = ({ username, reference }: Community): string | undefined => {
  const name = username ?? /^@(\w+)$/.exec(reference)?.[1];
  if (name) return `https://t.me/${name}`;
  return reference.startsWith('+') ? `https://t.me/${reference}` : undefined;
};
