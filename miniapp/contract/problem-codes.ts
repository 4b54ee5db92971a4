import { REFUSAL_CODES, type RefusalCode, refusalKey } from '#core/refusals.ts';

/** What the server itself refuses, beside the refusals of the rules. Words: `problem-…` in `locales`. */
export const SERVER_PROBLEMS = [
  'launch.malformed',
  'launch.unsigned',
  'launch.stale',
  'launch.future',
  'launch.replayed',
  'launch.stranger',
  'launch.not_fresh',
  'session.missing',
  'session.ended',
  'rate_limited',
  'body_too_large',
  'bot.unreachable',
  'internal',
] as const;
/** What only programs meet, and the page of tokens and webhooks. Words: `api-…`, which come with that page. */
export const API_PROBLEMS = [
  'method_not_allowed',
  'token.ended',
  'token.not_allowed',
  'webhook.address_malformed',
  'webhook.address_unknown',
  'webhook.address_private',
] as const;

type ServerProblemCode = (typeof SERVER_PROBLEMS)[number];
type ApiProblemCode = (typeof API_PROBLEMS)[number];

/** Refusals that only programs meet; their words stand beside those. */
export const API_REFUSALS = ['call.key_reused', 'call.answer_gone'] as const satisfies readonly RefusalCode[];

/**
 * Refusals of parsing, files and personal data, which the pages of campaigns and the team never meet. Words:
 * `people.ftl`.
 */
export const isPeopleRefusal = (code: string): boolean =>
  /^(parse_task|file|export|retention|person)\./.test(code);

export const PROBLEM_CODES = [...REFUSAL_CODES, ...SERVER_PROBLEMS, ...API_PROBLEMS] as const;
export type ProblemCode = RefusalCode | ServerProblemCode | ApiProblemCode;

/** The catalogue key of a problem's sentence. */
export const problemKey = (code: ProblemCode): string => {
  if (isOneOf(API_PROBLEMS, code)) return `api-${dashed(code)}`;
  return isOneOf(SERVER_PROBLEMS, code) ? `problem-${dashed(code)}` : refusalKey(code);
};

const isOneOf = <C extends string>(codes: readonly C[], code: string): code is C =>
  (codes as readonly string[]).includes(code);
const dashed = (code: string): string => code.replaceAll(/[._]/g, '-');
