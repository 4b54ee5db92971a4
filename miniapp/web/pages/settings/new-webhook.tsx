import { useState } from 'react';
import { EVENT_KINDS, nounOf } from '#miniapp/contract/event-kinds.ts';
import { useAddWebhook } from '../../api/settings.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';
import { ShownOnce } from '../shown-once.tsx';
import look from './settings.module.css';

const NOUNS = [...new Set(EVENT_KINDS.map(nounOf))];
const URL_LENGTH = 500;

/** Adds an address that is told every event, or those about what is chosen; its secret is shown this once. */
export const NewWebhook = () => {
  const { t } = useTexts();
  const { mutate, isPending, error, data } = useAddWebhook();
  const [url, setUrl] = useState('');
  const [wantsAll, setWantsAll] = useState(true);
  const [nouns, setNouns] = useState<readonly string[]>([]);
  const add = () =>
    mutate(
      {
        url: url.trim(),
        kinds: wantsAll ? undefined : EVENT_KINDS.filter((kind) => nouns.includes(nounOf(kind))),
      },
      {
        onSuccess: () => {
          feel('success');
          setUrl('');
        },
        onError: () => feel('error'),
      },
    );
  return (
    <div className={css.group}>
      <Section title={t('settings-webhook-new')}>
        <div className={css.form}>
          <Field
            label={t('settings-webhook-url')}
            hint={t('settings-webhook-text')}
            type="url"
            value={url}
            maxLength={URL_LENGTH}
            onChange={setUrl}
          />
          <div className={look.choices}>
            <Check label={t('settings-webhook-all')} isOn={wantsAll} onChange={setWantsAll} />
            {!wantsAll &&
              NOUNS.map((noun) => (
                <Check
                  key={noun}
                  label={t(`settings-about-${noun}`)}
                  isOn={nouns.includes(noun)}
                  onChange={(isOn) =>
                    setNouns(isOn ? [...nouns, noun] : nouns.filter((other) => other !== noun))
                  }
                />
              ))}
          </div>
          <div className={css.deeds}>
            <Button
              text={t('settings-webhook-make')}
              isBusy={isPending || url.trim() === '' || (!wantsAll && nouns.length === 0)}
              onClick={add}
            />
          </div>
          {data && <ShownOnce key={data.webhookId} label={t('settings-webhook-once')} value={data.secret} />}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
