import { useEffect, useRef } from 'react';
import { navigate, type Route } from '../router.ts';
import { SECTIONS, sectionOf } from '../sections.ts';
import { feelSelection } from '../telegram/haptics.ts';
import { useTexts } from '../texts/context.ts';
import css from './section-bar.module.css';

/** The way between the sections; where it is too narrow for all, it scrolls and the current one stays in sight. */
export const SectionBar = ({ page }: { page: Route['page'] }) => {
  const { t } = useTexts();
  const current = useRef<HTMLAnchorElement>(null);
  const section = sectionOf(page);
  useEffect(() => {
    const link = current.current;
    const bar = link?.parentElement;
    if (section && link && bar) bar.scrollLeft = link.offsetLeft - (bar.clientWidth - link.offsetWidth) / 2;
  }, [section]);
  return (
    <nav className={css.bar} aria-label={t('web-sections')}>
      {SECTIONS.map(({ path, label }) => (
        <a
          key={path}
          ref={path === section?.path ? current : undefined}
          href={path}
          className={css.link}
          aria-current={path === section?.path ? 'page' : undefined}
          onClick={(event) => {
            event.preventDefault();
            feelSelection();
            navigate(path);
          }}
        >
          {t(label)}
        </a>
      ))}
    </nav>
  );
};
