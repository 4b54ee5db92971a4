import type { Translate } from '#locales/translate.ts';
import { callbacks } from '../../callbacks.ts';
import type { Screen } from '../../screen.ts';

/** What Usher keeps, of people and of operators, and what whoever reads this may do about it. */
export const privacyScreen = (t: Translate): Screen => ({
  text: [t('bot-privacy-people'), t('bot-privacy-operators'), t('bot-privacy-rights')].join('\n\n'),
  buttons: [
    [{ text: t('bot-privacy-export'), data: callbacks.exportOwnData }],
    [{ text: t('bot-privacy-erase'), data: callbacks.askErasure }],
    [{ text: t('bot-privacy-complain'), data: callbacks.complain }],
  ],
});

export const askErasureScreen = (t: Translate): Screen => ({
  text: t('bot-privacy-ask-erase'),
  buttons: [
    [{ text: t('bot-privacy-do-erase'), data: callbacks.eraseOwnData }],
    [{ text: t('bot-privacy-back'), data: callbacks.showPrivacy }],
  ],
});
