import type { DEVICES } from '#miniapp/contract/sessions.ts';

export type Device = (typeof DEVICES)[number];

/** The first that fits: an iPad calls itself a Mac, and Android is a Linux. */
const SIGNS: readonly [RegExp, Device][] = [
  [/iPhone|iPad|iPod/, 'ios'],
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Macintosh|Mac OS X/, 'macos'],
  [/Linux|X11/, 'linux'],
];

/** What a browser says it runs on, for people who look through their sessions; nothing is decided by it. */
export const deviceOf = (userAgent: string | undefined): Device =>
  SIGNS.find(([sign]) => sign.test(userAgent ?? ''))?.[1] ?? 'other';
