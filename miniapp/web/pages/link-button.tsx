import { navigate } from '../router.ts';
import { feelSelection } from '../telegram/haptics.ts';
import css from '../ui/button.module.css';

/** The way to another page, drawn as a small button. */
export const LinkButton = ({ path, text }: { path: string; text: string }) => (
  <a
    href={path}
    className={[css.button, css.accent].join(' ')}
    onClick={(event) => {
      event.preventDefault();
      feelSelection();
      navigate(path);
    }}
  >
    {text}
  </a>
);
