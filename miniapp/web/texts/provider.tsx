import { type ReactNode, useEffect, useState } from 'react';
import { type Texts, TextsContext, WantLanguageContext } from './context.ts';
import { loadTexts } from './load.ts';

/** Gives everything below its words, and changes them when another language is wanted. */
export const TextsProvider = (props: { initial: Texts; children: ReactNode }) => {
  const [texts, setTexts] = useState(props.initial);
  const [wanted, setWanted] = useState(props.initial.language);

  useEffect(() => {
    document.documentElement.lang = texts.language;
  }, [texts]);

  useEffect(() => {
    if (wanted === texts.language) return;
    let isWanted = true;
    void loadTexts(wanted).then((t) => {
      if (isWanted) setTexts({ t, language: wanted });
    });
    return () => {
      isWanted = false;
    };
  }, [wanted, texts.language]);

  return (
    <WantLanguageContext value={setWanted}>
      <TextsContext value={texts}>{props.children}</TextsContext>
    </WantLanguageContext>
  );
};
