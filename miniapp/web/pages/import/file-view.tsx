import { type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';
import { type AudienceFile, useFile, useFileDeed } from '../../api/audience-files.ts';
import { AUDIENCES_PATH, SUPPRESSIONS_PATH } from '../../router.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Note } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Page } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { Track } from '../../ui/track.tsx';
import { LinkButton } from '../link-button.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import { Figures } from './figures.tsx';
import { isMoving, toneOf } from './file-look.ts';
import { Plan } from './plan.tsx';
import { Preview } from './preview.tsx';
import { Reading } from './reading.tsx';

/** One file: how it is read, its first rows, what a check has counted, and its import as it moves. */
export const FileView = ({ fileId, mayImport }: { fileId: string; mayImport: boolean }) => {
  const { t } = useTexts();
  const { data: file, error, refetch } = useFile(fileId);
  if (!file) {
    return (
      <Page title={t('audiences-files')}>
        {error ? (
          <LoadFailed title={t('audiences-file-lost')} error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton cards={2} />
        )}
      </Page>
    );
  }
  const { name, status, refusal, reading, preview } = file;
  const isOpen = status === 'checked' || status === 'refused';
  return (
    <Page
      title={name}
      aside={<Chip tone={toneOf[status]} text={t(`audiences-file-${status}`)} isMoving={isMoving(status)} />}
    >
      {refusal && <Note tone="bad">{t(problemKey(refusal as ProblemCode))}</Note>}
      <div className={css.columns}>
        <div className={css.column}>
          {isMoving(status) && <Progress file={file} mayCancel={mayImport} />}
          {status === 'imported' && <Imported file={file} />}
          <Figures file={file} />
          {status === 'checked' && mayImport && <Plan file={file} />}
        </div>
        <div className={css.column}>
          {isOpen && mayImport && reading && (
            // What was chosen gives way to what the check has made of it.
            <Reading key={JSON.stringify(reading)} fileId={fileId} reading={reading} preview={preview} />
          )}
          {preview.length > 0 && <Preview rows={preview} hasHeader={reading?.hasHeader ?? false} />}
        </div>
      </div>
    </Page>
  );
};

const Progress = ({ file, mayCancel }: { file: AudienceFile; mayCancel: boolean }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useFileDeed(file.fileId);
  const { status, rows } = file;
  return (
    <div className={css.group}>
      <Section title={t(`audiences-file-${status}`)}>
        <div className={css.form}>
          <p role="status">
            {rows.total === null
              ? t('audiences-rows-read', { read: rows.read })
              : t('audiences-rows-of', { read: rows.read, total: rows.total })}
          </p>
          {rows.total !== null && rows.total > 0 && (
            <Track percent={(100 * rows.read) / rows.total} label={t('audiences-progress')} />
          )}
          {status === 'importing' && mayCancel && (
            <div className={css.deeds}>
              <Button
                tone="bad"
                text={t('audiences-import-cancel')}
                isBusy={isPending}
                onClick={() =>
                  mutate(
                    { verb: 'cancel' },
                    { onSuccess: () => feel('success'), onError: () => feel('error') },
                  )
                }
              />
            </div>
          )}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};

const Imported = ({ file: { audienceId } }: { file: AudienceFile }) => {
  const { t } = useTexts();
  return (
    <div className={css.deeds}>
      {audienceId ? (
        <LinkButton path={AUDIENCES_PATH} text={t('audiences-import-to-audience')} />
      ) : (
        <LinkButton path={SUPPRESSIONS_PATH} text={t('audiences-import-to-suppressions')} />
      )}
    </div>
  );
};
