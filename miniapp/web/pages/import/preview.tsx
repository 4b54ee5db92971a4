import { useTexts } from '../../texts/context.ts';
import { Section } from '../../ui/section.tsx';
import look from '../audiences/audiences.module.css';

const MOST = 20;

/** The first rows as they stand in the file. */
export const Preview = ({ rows, hasHeader }: { rows: string[][]; hasHeader: boolean }) => {
  const { t } = useTexts();
  const [first = [], ...others] = rows;
  const head = hasHeader ? first : first.map((_, index) => t('audiences-column', { number: index + 1 }));
  const body = (hasHeader ? others : rows).slice(0, MOST);
  return (
    <Section title={t('audiences-preview')} count={body.length}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section className={look.table} aria-label={t('audiences-preview')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                <th key={column} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
              <tr key={row}>
                {head.map((_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                  <td key={column}>{cells[column]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
};
