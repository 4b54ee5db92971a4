/** What people put between the digits of a number: spaces, brackets, dots, slashes and dashes of every length. */
const between = String.raw`\s().\/\-\u2010-\u2015`;
const international = new RegExp(String.raw`^\+[\d${between}]+$`);
/** Digits with something between them, and no plus: a number of some country, and nobody says of which. */
const national = new RegExp(String.raw`^\(?\d+[${between}][\d${between}]*$`);
/** A country code never begins with 0, and ITU-T E.164 allows 15 digits. */
const e164 = /^[1-9]\d{6,14}$/;

/** True of what is meant to be a phone number, whether it can be read or not. */
export const isPhoneLike = (text: string): boolean => international.test(text) || national.test(text);

/** The number in E.164 form, `+` and digits. Undefined without the plus: the country is never guessed. */
export const parsePhone = (text: string): string | undefined => {
  const digits = text.replaceAll(/\D/g, '');
  return international.test(text) && e164.test(digits) ? `+${digits}` : undefined;
};

/** What a person is called who is known by a number alone: names go where numbers must not. */
export const phoneEnding = (phone: string): string => `…${phone.slice(-4)}`;

/** A pattern that finds the number however it is written, for Postgres as for JavaScript. */
export const phonePattern = (phone: string): string => [...phone.replaceAll(/\D/g, '')].join(String.raw`\W*`);
