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
type ServerProblemCode = (typeof SERVER_PROBLEMS)[number];

export const PROBLEM_CODES = [...REFUSAL_CODES, ...SERVER_PROBLEMS] as const;
export type ProblemCode = RefusalCode | ServerProblemCode;

/** The catalogue key of a problem's sentence. */
export const problemKey = (code: ProblemCode): string =>
  isServerProblem(code) ? `problem-${code.replaceAll(/[._]/g, '-')}` : refusalKey(code);

const isServerProblem = (code: string): code is ServerProblemCode =>
  (SERVER_PROBLEMS as readonly string[]).includes(code);
