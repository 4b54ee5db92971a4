import { type ReactNode, useEffect, useState } from 'react';
import type { Translate } from '#locales/bundle.ts';
import { type Texts, TextsContext, WantLanguageContext } from './context.ts';
import type { Language } from './load.ts';

/** Gives everything below its words, and changes them when another language is wanted. */
export const TextsProvider = (props: {
  initial: Texts;
  load: (language: Language) => Promise<Translate>;
  children: ReactNode;
}) => {
  const { load } = props;
  const [texts, setTexts] = useState(props.initial);
  const [wanted, setWanted] = useState(props.initial.language);

  useEffect(() => {
    document.documentElement.lang = texts.language;
  }, [texts]);

  useEffect(() => {
    if (wanted === texts.language) return;
    let isWanted = true;
    void load(wanted).then((t) => {
      if (isWanted) setTexts({ t, language: wanted });
    });
    return () => {
      isWanted = false;
    };
  }, [wanted, texts.language, load]);

  return (
    <WantLanguageContext value={setWanted}>
      <TextsContext value={texts}>{props.children}</TextsContext>
    </WantLanguageContext>
  );
};
