const MARK = '[secret]';

/** What secrets look like in a line of text, wherever it came from. */
const SHAPES: readonly RegExp[] = [
  // Token of a bot: numeric id, colon, 35 characters.
  /\b\d{6,12}:[A-Za-z0-9_-]{30,}/g,
  // API token, and the secret that signs a webhook.
  /\busher_[\w-]{43}/g,
  /\bwhsec_[\w+/]{20,}=*/g,
  // Session string of an account, or any other long run of base64.
  /[A-Za-z0-9+/_-]{160,}={0,2}/g,
  // Phone number in international form.
  /\+\d[\d ()-]{8,18}\d/g,
  // Login and password inside an address.
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

/** The same text without tokens, session strings, phone numbers and passwords of addresses. */
export const scrub = (text: string): string =>
  SHAPES.reduce((kept, shape) => kept.replace(shape, MARK), text);
