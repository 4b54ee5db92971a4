import { useState } from 'react';
import { useAccountNames } from '../../api/accounts.ts';
import { type SearchWish, useSearch, useSearches } from '../../api/communities.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { nameOf } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AccountChoice } from '../account-choice.tsx';
import { Refusal } from '../refusal.tsx';
import css from './communities.module.css';

const KINDS = ['words', 'references', 'dialogs'] as const;
const SHORTEST_WORDS = 3;
const MOST_REFERENCES = 100;

/** Asks for communities by words, by a pasted list, or among an account's own. */
export const SearchForm = ({ onSearch }: { onSearch: (searchId: string) => void }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useSearch();
  const [kind, setKind] = useState<(typeof KINDS)[number]>('words');
  const [words, setWords] = useState('');
  const [pasted, setPasted] = useState('');
  const [asker, setAsker] = useState<string>();
  const [account, setAccount] = useState<string>();
  const { data: accounts } = useAccountNames(kind === 'dialogs');
  const accountId = account ?? accounts?.[0]?.accountId;
  const references = [...new Set(pasted.split(/[\s,;]+/).filter(Boolean))];
  const wish = wishOf({ kind, words: words.trim(), references, asker, accountId });

  const search = () => {
    if (!wish) return;
    mutate(wish, {
      onSuccess: ({ searchId }) => {
        feel('success');
        setWords('');
        setPasted('');
        onSearch(searchId);
      },
      onError: () => feel('error'),
    });
  };
  return (
    <div className={css.group}>
      <Section title={t('communities-search')}>
        <div className={css.form}>
          <Choices
            label={t('communities-search-kind')}
            value={kind}
            options={KINDS.map((value) => ({ value, text: t(`communities-by-${value}`) }))}
            onChange={setKind}
          />
          {kind === 'words' && (
            <>
              <Field
                type="search"
                label={t('communities-words')}
                hint={t('communities-words-hint')}
                maxLength={100}
                value={words}
                onChange={setWords}
                onEnter={search}
              />
              <AccountChoice value={asker} onChange={setAsker} />
            </>
          )}
          {kind === 'references' && (
            <TextField
              isInCard
              label={t('communities-references')}
              hint={
                references.length > MOST_REFERENCES
                  ? t('communities-references-many', { count: references.length, most: MOST_REFERENCES })
                  : t('communities-references-hint')
              }
              maxLength={30_000}
              value={pasted}
              onChange={setPasted}
            />
          )}
          {kind === 'dialogs' && (
            <>
              <p className={css.hint}>
                {t(accounts?.length === 0 ? 'communities-dialogs-none' : 'communities-dialogs-hint')}
              </p>
              {accountId && accounts && (
                <Select
                  label={t('communities-dialogs-account')}
                  value={accountId}
                  options={accounts.map((one) => ({ value: one.accountId, text: nameOf(one) }))}
                  onChange={setAccount}
                />
              )}
            </>
          )}
          <div className={css.deeds}>
            <Button text={t('communities-search-do')} isBusy={isPending || !wish} onClick={search} />
            {kind !== 'references' && <Quota />}
          </div>
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};

/** How many more searches the accounts may make; asking too often is what Telegram forbids first. */
const Quota = () => {
  const { t } = useTexts();
  const { data } = useSearches();
  if (!data) return null;
  const { left, perHour } = data.quota;
  return (
    <p className={css.hint}>
      {perHour === 0 ? t('communities-quota-none') : t('communities-quota', { left, perHour })}
    </p>
  );
};

/** What can be asked as it stands; undefined while something is missing. */
const wishOf = (form: {
  kind: (typeof KINDS)[number];
  words: string;
  references: string[];
  /** Whoever asks for words; undefined is any account. */
  asker: string | undefined;
  accountId: string | undefined;
}): SearchWish | undefined => {
  const { kind, words, references, asker, accountId } = form;
  if (kind === 'words' && words.length < SHORTEST_WORDS) return undefined;
  if (kind === 'words') return { kind, words, ...(asker && { accountId: asker }) };
  if (kind === 'dialogs') return accountId ? { kind, accountId } : undefined;
  return references.length > 0 && references.length <= MOST_REFERENCES ? { kind, references } : undefined;
};
