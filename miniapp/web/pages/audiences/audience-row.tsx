import { useState } from 'react';
import type { AudiencePage } from '#miniapp/contract/audiences.ts';
import { type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';
import { useAudience, useExport } from '../../api/audiences.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { Row } from '../../ui/row.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';
import look from './audiences.module.css';
import { Members } from './members.tsx';

type Audience = AudiencePage['items'][number];

const toneOf: Record<Audience['status'], Tone> = {
  building: 'known',
  importing: 'known',
  ready: 'good',
  empty: 'warm',
};

const FORMATS = ['csv', 'xlsx', 'json'] as const;

/** One audience: how many people, how it stands, the typed lines that became nobody, its people, and these as a file. */
export const AudienceRow = ({ audience, mayExport }: { audience: Audience; mayExport: boolean }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const [isOpen, setOpen] = useState(false);
  const { audienceId, name, status, members, createdAt } = audience;
  return (
    <Row
      title={
        <span className={look.title}>
          {name}
          <Chip
            tone={toneOf[status]}
            text={standingAlone(t(`audience-status-${status}`))}
            isMoving={toneOf[status] === 'known'}
          />
        </span>
      }
      detail={
        <>
          {`${t('members-count', { count: members })} · ${formatMoment(t, new Date(createdAt), now)}`}
          <span className={css.under}>
            <Button
              text={t(isOpen ? 'audiences-hide' : 'audiences-more')}
              name={isOpen ? undefined : t('audiences-more-name', { name })}
              onClick={() => setOpen(!isOpen)}
            />
          </span>
          {isOpen && <More audienceId={audienceId} hasMembers={members > 0} mayExport={mayExport} />}
        </>
      }
    />
  );
};

const More = (props: { audienceId: string; hasMembers: boolean; mayExport: boolean }) => {
  const { audienceId, hasMembers, mayExport } = props;
  const { t } = useTexts();
  const { data, error: lost } = useAudience(audienceId);
  const { mutate, isPending, isSuccess, error } = useExport(audienceId);
  return (
    <div className={look.more}>
      {data?.rejects.length === 0 && <p>{t('audiences-no-rejects')}</p>}
      {data && data.rejects.length > 0 && (
        <>
          <p>{t('audiences-rejects', { count: data.rejects.length })}</p>
          <ul>
            {data.rejects.map(({ line, text, reason }) => (
              <li key={line} className={look.listed}>
                {t('audiences-reject', { line, text, why: t(problemKey(reason as ProblemCode)) })}
              </li>
            ))}
          </ul>
        </>
      )}
      {hasMembers && mayExport && (
        <span className={css.under}>
          {FORMATS.map((format) => (
            <Button
              key={format}
              text={format.toUpperCase()}
              name={t('audiences-export', { format: format.toUpperCase() })}
              isBusy={isPending}
              onClick={() => mutate(format)}
            />
          ))}
        </span>
      )}
      {isSuccess && <p role="status">{t('audiences-export-ordered')}</p>}
      <Refusal error={error ?? lost} />
      {hasMembers && <Members audienceId={audienceId} />}
    </div>
  );
};
