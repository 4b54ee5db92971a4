import type { AudienceFile } from '../../api/audience-files.ts';
import { useTextFile } from '../../api/read-text.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';
import { TextFile } from '../text-file.tsx';

const KINDS = ['good', 'bad', 'repeated', 'suppressed'] as const;

/** What the check or the import has counted, and the rows that name nobody as a file. */
export const Figures = ({ file }: { file: AudienceFile }) => {
  const { t, language } = useTexts();
  const { fileId, rows, status } = file;
  const { mutate, isPending, error, data } = useTextFile(`/audience-files/${fileId}/errors`);
  if (status === 'uploading' || status === 'refused') return null;
  const isCheck = status === 'checking' || status === 'checked';
  return (
    <div className={css.group}>
      <Section
        title={t(isCheck ? 'audiences-figures-check' : 'audiences-figures-import')}
        count={rows.total ?? ''}
      >
        <Rows>
          {KINDS.filter((kind) => !isCheck || kind === 'good' || kind === 'bad').map((kind) => (
            <Row
              key={kind}
              title={t(`audiences-figure-${kind}`)}
              detail={
                kind === 'bad' &&
                rows.bad > 0 && (
                  <>
                    <span className={css.under}>
                      <Button text={t('audiences-errors')} isBusy={isPending} onClick={() => mutate()} />
                    </span>
                    {data !== undefined && (
                      <TextFile label={t('audiences-errors-file')} text={data} name="errors.csv" />
                    )}
                  </>
                )
              }
              end={rows[kind].toLocaleString(language)}
            />
          ))}
        </Rows>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
