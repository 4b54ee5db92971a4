import { SECOND_MS } from '#core/duration.ts';
import { PARSE_SPEEDS, type ParseSource, type ParseSpeed } from '#core/statuses.ts';
import type { ParseEstimateItem } from '#db/queries/get-parse-estimate.ts';
import type { CommunityItem } from '#db/queries/list-communities.ts';
import { formatDuration } from '#locales/duration.ts';
import type { Translate } from '#locales/translate.ts';
import { wordsOf } from '../../alerts/alert-view.ts';
import { callbacks } from '../../callbacks.ts';
import { escapeHtml, type Screen } from '../../screen.ts';

/** A community that somebody may have collected, and what it would come to; null until an account has read it. */
export type Offer = {
  communityId: string;
  community: CommunityItem;
  estimate: ParseEstimateItem | null;
};

/** Whom a community gives without further choice: commenters of a channel, members of a group, else its authors. */
export const sourceOf = ({ kind, membersHidden }: CommunityItem): ParseSource => {
  if (kind === 'channel') return 'commenters';
  return membersHidden ? 'messages' : 'members';
};

/** The speeds with the time each would take, once the community has been read. */
export const offerScreen = ({ communityId, community, estimate }: Offer, t: Translate): Screen => {
  const name = escapeHtml(community.title ?? community.reference);
  if (community.refusal) return { text: `<b>${name}</b>\n\n${wordsOf(community.refusal, t)}`, buttons: [] };
  if (!community.checkedAt) return { text: t('bot-parse-reading', { name }), buttons: [] };
  const source = t(`parse-source-${sourceOf(community)}`);
  return {
    text: t('bot-parse-offer', { name, source }),
    buttons: PARSE_SPEEDS.map((speed) => [
      { text: speedLabel(speed, estimate, t), data: callbacks.chooseSpeed(communityId, speed) },
    ]),
  };
};

/** What was chosen, and the button that begins it. */
export const confirmScreen = (
  { communityId, community, estimate }: Offer,
  speed: ParseSpeed,
  t: Translate,
): Screen => ({
  text: [
    t('bot-parse-confirm', {
      name: escapeHtml(community.title ?? community.reference),
      source: t(`parse-source-${sourceOf(community)}`),
      speed: t(`parse-speed-${speed}`),
    }),
    ...(estimate
      ? [
          t('bot-parse-estimate', {
            total: estimate.total,
            requests: estimate.requests,
            duration: durationOf(speed, estimate, t),
          }),
        ]
      : []),
  ].join('\n\n'),
  buttons: [
    [
      { text: t('bot-parse-start'), data: callbacks.startParse(communityId, speed) },
      { text: t('bot-parse-back'), data: callbacks.showOffer(communityId) },
    ],
  ],
});

const speedLabel = (speed: ParseSpeed, estimate: ParseEstimateItem | null, t: Translate): string =>
  estimate
    ? t('bot-parse-speed', { speed: t(`parse-speed-${speed}`), duration: durationOf(speed, estimate, t) })
    : t(`parse-speed-${speed}`);

const durationOf = (speed: ParseSpeed, { seconds }: ParseEstimateItem, t: Translate): string =>
  formatDuration(t, seconds[speed] * SECOND_MS);
