import { useRef } from 'react';
import { errorLabelKey } from '#locales/keys.ts';
import type { CampaignDetail, FeedEntry } from '#miniapp/contract/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { type Texts, useTexts } from '../../texts/context.ts';
import { formatAgo, nameOf } from '../../texts/format.ts';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import css from './feed.module.css';

const SHOWN = 8;

/** The last tries in words, the newest moving in at the top. */
export const Feed = ({ campaign }: { campaign: CampaignDetail }) => {
  const texts = useTexts();
  const { t } = texts;
  const now = useServerNow();
  const entries = campaign.feed.slice(0, SHOWN);
  const firstShown = useRef(new Set(entries.map(({ attemptId }) => attemptId)));
  return (
    <Section title={t('web-feed')}>
      {entries.length === 0 ? (
        <CardText>{t('web-feed-empty')}</CardText>
      ) : (
        <Rows>
          {entries.map((entry) => (
            <Row
              key={entry.attemptId}
              start={<Outcome status={entry.status} />}
              title={
                <>
                  <b className={css.person}>{nameOf(entry.person)}</b>{' '}
                  {sentence(texts, entry, campaign.community)}
                </>
              }
              detail={`${t('web-feed-by', { account: nameOf(entry.account) })} · ${formatAgo(t, now - Date.parse(entry.at))}`}
              isNew={!firstShown.current.has(entry.attemptId)}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
};

const ART: Record<FeedEntry['status'], [look: string | undefined, path: string]> = {
  joined: [css.joined, 'm5 12.5 4.5 4.5L19 7.5'],
  already_member: [
    css.known,
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6m-6 8c.6-3 3-4.6 6-4.6s5.4 1.6 6 4.6M17 8v6m-3-3h6',
  ],
  refused: [css.refused, 'm7 7 10 10M17 7 7 17'],
  returned: [css.calm, 'M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4v4h4'],
  unknown: [css.calm, 'M12 17.5v.1M9 9.5a3 3 0 1 1 4.5 2.6c-.9.5-1.5 1.1-1.5 2.2'],
  attempting: [css.calm, 'M12 7v5l3 2'],
};

const Outcome = ({ status }: { status: FeedEntry['status'] }) => {
  const [look, path] = ART[status];
  return (
    <span className={[css.outcome, look].join(' ')}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d={path} />
      </svg>
    </span>
  );
};

const sentence = ({ t }: Texts, { status, reason }: FeedEntry, community: string): string => {
  const why = t(errorLabelKey(reason ?? 'unknown'));
  switch (status) {
    case 'joined':
    case 'already_member':
      return t(`web-feed-${status}`, { community });
    case 'refused':
    case 'returned':
      return t(`web-feed-${status}`, { why });
    case 'unknown':
    case 'attempting':
      return t('web-feed-unknown');
  }
};
