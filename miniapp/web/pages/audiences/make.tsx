import { useState } from 'react';
import type { AudiencePage } from '#miniapp/contract/audiences.ts';
import { type AudienceWish, useMakeAudience } from '../../api/audiences.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import css from '../../ui/stack.module.css';
import { TextField } from '../../ui/text-field.tsx';
import { Refusal } from '../refusal.tsx';
import look from './audiences.module.css';
import { BASES, isNobody, type Parts, sourceOf, USES } from './parts.ts';
import { Tasks } from './tasks.tsx';

const NAME_LENGTH = 100;
const TYPED_LENGTH = 60_000;
const TRAITS = [
  { trait: 'hasUsername', word: 'username' },
  { trait: 'hasPhoto', word: 'photo' },
  { trait: 'isPremium', word: 'premium' },
] as const;

const NOTHING: Parts = {
  taskIds: [],
  uses: {},
  isSegment: false,
  search: '',
  traits: {},
  limit: '',
  typed: '',
  typedBasis: 'collected',
};

/** Puts an audience together of parse tasks, other audiences, everybody who is known, and typed people. */
export const Make = ({ audiences }: { audiences: AudiencePage['items'] }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useMakeAudience();
  const [name, setName] = useState('');
  const [parts, setParts] = useState(NOTHING);
  const set = (change: Partial<Parts>) => setParts({ ...parts, ...change });
  const usable = audiences.filter(({ status }) => status === 'ready');
  const make = () =>
    mutate({ name: name.trim(), ...sourceOf(parts) } satisfies AudienceWish, {
      onSuccess: () => {
        feel('success');
        setName('');
        setParts(NOTHING);
      },
      onError: () => feel('error'),
    });
  return (
    <div className={css.group}>
      <Section title={t('audiences-make')}>
        <div className={css.form}>
          <Field label={t('audiences-name')} value={name} maxLength={NAME_LENGTH} onChange={setName} />
          <Tasks chosen={parts.taskIds} onChange={(taskIds) => set({ taskIds })} />
          {usable.length > 0 && (
            <div className={look.part}>
              <h3 className={look.heading}>{t('audiences-others')}</h3>
              {usable.map(({ audienceId, name: other }) => (
                <div key={audienceId} className={look.choice}>
                  {other}
                  <Select
                    label={t('audiences-use-of', { name: other })}
                    value={parts.uses[audienceId] ?? 'none'}
                    options={USES.map((value) => ({ value, text: t(`audiences-use-${value}`) }))}
                    onChange={(use) => set({ uses: { ...parts.uses, [audienceId]: use } })}
                  />
                </div>
              ))}
            </div>
          )}
          <div className={look.part}>
            <h3 className={look.heading}>{t('audiences-segment')}</h3>
            <Check
              label={t('audiences-segment-use')}
              isOn={parts.isSegment}
              onChange={(isSegment) => set({ isSegment })}
            />
            {parts.isSegment && (
              <Field
                label={t('audiences-segment-search')}
                value={parts.search}
                maxLength={64}
                onChange={(search) => set({ search })}
              />
            )}
            {(parts.isSegment || parts.taskIds.length > 0) && (
              <>
                {TRAITS.map(({ trait, word }) => (
                  <Check
                    key={trait}
                    label={t(`audiences-only-${word}`)}
                    isOn={parts.traits[trait] ?? false}
                    onChange={(isOn) => set({ traits: { ...parts.traits, [trait]: isOn } })}
                  />
                ))}
                <p className={css.hint}>{t('audiences-collected-text')}</p>
              </>
            )}
            {parts.taskIds.length > 0 && (
              <Field
                label={t('audiences-limit')}
                type="number"
                min={1}
                value={parts.limit}
                onChange={(limit) => set({ limit })}
              />
            )}
          </div>
        </div>
        <TextField
          label={t('audiences-typed')}
          hint={t('audiences-typed-hint')}
          value={parts.typed}
          maxLength={TYPED_LENGTH}
          onChange={(typed) => set({ typed })}
        />
        <div className={css.form}>
          <div className={css.deeds}>
            {parts.typed.trim() !== '' && (
              <Select
                label={t('audiences-basis')}
                value={parts.typedBasis}
                options={BASES.map((value) => ({ value, text: t(`basis-${value}`) }))}
                onChange={(typedBasis) => set({ typedBasis })}
              />
            )}
            <Button
              text={t('audiences-make-it')}
              isBusy={isPending || name.trim() === '' || isNobody(parts)}
              onClick={make}
            />
          </div>
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
