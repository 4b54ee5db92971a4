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
  // A key of 32 bytes in base64, an api_hash, and the hash that signs a launch.
  /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=/g,
  /\b(?:[0-9a-f]{32}|[0-9a-f]{64})\b/g,
  // Session of a person, token of a link, ticket of a page (32 bytes), and an invitation (24): letters of both cases.
  /(?<![A-Za-z0-9-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?:[\w-]{43}|[\w-]{32})(?![\w-])/g,
  // Phone number in international form.
  /\+\d[\d ()-]{8,18}\d/g,
  // Login and password inside an address.
  /(?<=:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
];

/** The same text without tokens, session strings, phone numbers and passwords of addresses. */
export const scrub = (text: string): string =>
  SHAPES.reduce((kept, shape) => kept.replace(shape, MARK), text);
