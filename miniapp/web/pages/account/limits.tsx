import type { AccountAnswer } from '#miniapp/contract/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Track } from '../../ui/track.tsx';

/** What it has used of every limit, and when there is room again where one is full. */
export const Limits = ({ account: { limits } }: { account: AccountAnswer['account'] }) => {
  const { t } = useTexts();
  const now = useServerNow();
  return (
    <Section title={t('account-page-limits')}>
      <Rows>
        {limits.map(({ rule, used, limit, roomAt }) => (
          <Row
            key={rule}
            title={standingAlone(t(`limit-${rule}`))}
            detail={
              <>
                <Track percent={limit > 0 ? (100 * used) / limit : 100} isFull={used >= limit} />
                {roomAt !== null &&
                  Date.parse(roomAt) > now &&
                  standingAlone(t('limit-room-at', { at: formatMoment(t, new Date(roomAt), now) }))}
              </>
            }
            end={`${used} / ${limit}`}
          />
        ))}
      </Rows>
    </Section>
  );
};
