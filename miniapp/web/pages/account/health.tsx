import type { AccountAnswer } from '#miniapp/contract/accounts.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';

/** The score out of a hundred, and what cost it points. */
export const Health = ({ account: { health } }: { account: AccountAnswer['account'] }) => {
  const { t } = useTexts();
  const { score, issues } = health;
  return (
    <Section title={t('account-page-health')}>
      <Rows>
        <Row
          title={t('account-health', { score })}
          detail={issues.length === 0 && t('account-page-healthy')}
          end={<Chip tone={toneOf(score)} text={String(score)} />}
        />
        {issues.map(({ issue, count, points }) => (
          <Row key={issue} title={standingAlone(t(`health-${issue}`, { count }))} end={`−${points}`} />
        ))}
      </Rows>
    </Section>
  );
};

const toneOf = (score: number): Tone => {
  if (score >= 80) return 'good';
  return score >= 40 ? 'warm' : 'bad';
};
