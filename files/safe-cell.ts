/** A number as people write it: nothing that a spreadsheet could run. */
const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe goes before `=`, `+`, `-`, `@`, tab and carriage return
 * where they stand first (owasp.org/www-community/attacks/CSV_Injection). Numbers stay as they are.
 */
export const safeCell = (text: string): string =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
