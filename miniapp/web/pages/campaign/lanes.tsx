import { errorLabelKey, recoveryKey } from '#locales/keys.ts';
import type { CampaignDetail, Lane } from '#miniapp/contract/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { type Texts, useTexts } from '../../texts/context.ts';
import { formatTimer, nameOf, standingAlone } from '../../texts/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import css from './lanes.module.css';

/** The accounts at work, each with what it does and when it may act next, counting down in business time. */
export const Lanes = ({ campaign }: { campaign: CampaignDetail }) => {
  const texts = useTexts();
  const { t } = texts;
  const now = useServerNow();
  const { lanes, status } = campaign;
  return (
    <Section title={t('web-lanes')} count={lanes.length}>
      {lanes.length === 0 ? (
        <CardText>{t('web-lanes-empty')}</CardText>
      ) : (
        <Rows>
          {lanes.map((lane) => {
            const { words, until } = describeLane(texts, lane, status === 'running', now);
            return (
              <Row
                key={lane.accountId}
                start={<Avatar name={lane.name} />}
                title={nameOf(lane)}
                detail={standingAlone(words)}
                end={until !== undefined && <Countdown ms={until - now} />}
              />
            );
          })}
        </Rows>
      )}
    </Section>
  );
};

const Countdown = ({ ms }: { ms: number }) => {
  const { t } = useTexts();
  return ms > 0 ? (
    <span className={css.timer} role="timer">
      {formatTimer(t, ms)}
    </span>
  ) : (
    <span className={css.now}>{t('web-lane-now')}</span>
  );
};

/** What the account does, and the moment in milliseconds it counts down to. */
const describeLane = (
  { t }: Texts,
  lane: Lane,
  isRunning: boolean,
  now: number,
): { words: string; until: number | undefined } => {
  const { status, statusError, recovery, nextSlotAt, nextSlotBecause } = lane;
  if (status !== 'active') {
    const words = [
      t(`account-status-${status}`),
      statusError ? `: ${t(errorLabelKey(statusError))}` : '',
      recovery && recovery.by !== 'time' ? ` · ${t(recoveryKey(recovery.by))}` : '',
    ];
    return { words: words.join(''), until: recovery?.at ? Date.parse(recovery.at) : undefined };
  }
  if (!isRunning) return { words: t('slot-campaign'), until: undefined };
  if (!nextSlotAt) return { words: t(`slot-${nextSlotBecause ?? 'no_targets'}`), until: undefined };
  const until = Date.parse(nextSlotAt);
  return { words: t(until > now ? `slot-${nextSlotBecause ?? 'pause'}` : 'slot-now'), until };
};
