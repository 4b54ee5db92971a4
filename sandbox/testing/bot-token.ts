/** The token of the bot that sandbox tests talk to; no real token has this form. */
export const TOKEN = '7000000001:offline';
