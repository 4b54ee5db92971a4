import { useId } from 'react';
import { useUpload } from '../../api/audience-files.ts';
import { importPath, navigate } from '../../router.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import look from '../audiences/audiences.module.css';
import { Refusal } from '../refusal.tsx';

/** Takes a file and leads to it while a worker checks it. */
export const Upload = () => {
  const { t } = useTexts();
  const id = useId();
  const { mutate, isPending, error } = useUpload();
  const send = (file: File) =>
    mutate(file, {
      onSuccess: ({ fileId }) => {
        feel('success');
        navigate(importPath(fileId));
      },
      onError: () => feel('error'),
    });
  return (
    <div className={css.group}>
      <Section title={t('audiences-upload')}>
        <div className={css.form}>
          <p className={css.hint}>{t('audiences-upload-text')}</p>
          <label htmlFor={id} className={look.heading}>
            {t('audiences-upload-file')}
          </label>
          <input
            id={id}
            type="file"
            accept=".csv,.txt,.tsv,.xlsx"
            className={look.file}
            disabled={isPending}
            onChange={({ target }) => {
              const [file] = target.files ?? [];
              if (file) send(file);
              // The same file can be chosen again after a refusal.
              target.value = '';
            }}
          />
          {isPending && (
            <p role="status" className={css.hint}>
              {t('audiences-uploading')}
            </p>
          )}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
