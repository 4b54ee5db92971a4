import { useState } from 'react';
import { includesRole } from '#miniapp/contract/roles.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useSuppressions } from '../../api/audiences.ts';
import { useTextFile } from '../../api/read-text.ts';
import { IMPORT_PATH } from '../../router.ts';
import { useTexts } from '../../texts/context.ts';
import { WithTexts } from '../../texts/more.tsx';
import { Note } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Page } from '../../ui/page.tsx';
import { CardText, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { audienceTexts } from '../audiences/texts.ts';
import { LinkButton } from '../link-button.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import { TextFile } from '../text-file.tsx';
import { Suppress } from './suppress.tsx';
import { SuppressionRow } from './suppression-row.tsx';

/** Whom not to contact: found by person, added and lifted with a reason, brought in and taken along as files. */
export const SuppressionsPage = ({ me }: { me: Me }) => (
  <WithTexts more={audienceTexts}>
    <Suppressions me={me} />
  </WithTexts>
);

const Suppressions = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const saving = useTextFile('/suppressions/export');
  const mayAdd = includesRole(me.role, 'operator');
  const isAdmin = includesRole(me.role, 'admin');
  return (
    <Page
      title={t('web-suppressions')}
      subtitle={me.workspace.name}
      aside={
        <>
          {mayAdd && <LinkButton path={IMPORT_PATH} text={t('audiences-suppress-import')} />}
          {isAdmin && (
            <Button
              text={t('audiences-suppress-export')}
              isBusy={saving.isPending}
              onClick={() => saving.mutate()}
            />
          )}
        </>
      }
    >
      <Refusal error={saving.error} />
      {saving.data !== undefined && (
        <TextFile label={t('audiences-suppress-file')} text={saving.data} name="suppressions.csv" />
      )}
      <div className={mayAdd ? css.columns : css.column}>
        <List mayLift={isAdmin} />
        {mayAdd && <Suppress />}
      </div>
    </Page>
  );
};

const List = ({ mayLift }: { mayLift: boolean }) => {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [person, setPerson] = useState('');
  const { items, first, total, error, refetch, ...more } = useSuppressions(person);
  return (
    <div className={css.group}>
      <Section title={t('audiences-suppress-find')}>
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault();
            setPerson(typed.trim());
          }}
        >
          <Field
            label={t('audiences-suppress-person')}
            hint={t('audiences-suppress-hashed')}
            type="search"
            value={typed}
            maxLength={64}
            onChange={setTyped}
          />
          <div className={css.deeds}>
            <Button text={t('audiences-suppress-search')} onClick={() => setPerson(typed.trim())} />
            {person && (
              <Button
                text={t('audiences-suppress-all')}
                onClick={() => {
                  setTyped('');
                  setPerson('');
                }}
              />
            )}
          </div>
        </form>
      </Section>
      {first?.hasStopped && <Note tone="warm">{t('audiences-suppress-stopped')}</Note>}
      {!items && !error && <Skeleton cards={1} />}
      {!items && error && (
        <LoadFailed title={t('audiences-suppress-lost')} error={error} onRetry={() => void refetch()} />
      )}
      {items && (
        <Section title={t(person ? 'audiences-suppress-found' : 'audiences-suppress-list')} count={total}>
          {items.length === 0 ? (
            <CardText>{t(person ? 'audiences-suppress-nobody' : 'audiences-suppress-none')}</CardText>
          ) : (
            <Rows>
              {items.map((item) => (
                <SuppressionRow key={item.suppressionId} item={item} mayLift={mayLift} />
              ))}
            </Rows>
          )}
        </Section>
      )}
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
    </div>
  );
};
