import type { RefusalCode } from '../refusals.ts';
import { accountErrors } from './account-errors.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { communityErrors } from './community-errors.ts';
import { signInErrors } from './sign-in-errors.ts';
import { targetErrors } from './target-errors.ts';
import type { MissingReason, RpcFailure } from './user-session.ts';

const catalogue = { ...targetErrors, ...accountErrors, ...communityErrors, ...signInErrors } satisfies Record<
  string,
  CatalogueEntry
>;

/** Telegram's error names and missing reasons that Usher understands. */
export type CataloguedError = keyof typeof catalogue;

export const CATALOGUED_ERRORS = Object.keys(catalogue).sort() as readonly CataloguedError[];

const unknownFailure: CatalogueEntry = {
  concerns: 'network',
  reaction: { kind: 'unknown' },
  source: 'reliability: an unknown error is never success and never retried blindly',
};

const isCatalogued = (name: string): name is CataloguedError => Object.hasOwn(catalogue, name);

/** The name under which a failure is stored, counted and put into words. */
export const errorNameOf = (failure: RpcFailure | MissingReason): string =>
  typeof failure === 'string' ? failure : failure.error;

/**
 * Reads the catalogue by name, never by numeric code: FROZEN_METHOD_INVALID is a 420 like floods. A call without an
 * answer, and every error the catalogue does not hold, is of unknown outcome.
 */
export function classify(failure: RpcFailure | MissingReason): CatalogueEntry {
  if (typeof failure !== 'string' && !isAboutSomebody(failure)) return unknownFailure;
  const name = errorNameOf(failure);
  return isCatalogued(name) ? catalogue[name] : unknownFailure;
}

/** True for an answer, and for a session that could not be opened; everything else is a call whose effect is not known. */
export const isAboutSomebody = ({ kind }: RpcFailure): boolean => kind === 'rpc' || kind === 'session';

/** True for an answer of Telegram that the catalogue does not hold; a lost answer is no error of anybody's. */
export const isUnknownError = (failure: RpcFailure | MissingReason): boolean =>
  typeof failure !== 'string' &&
  (failure.kind === 'unknown' || (failure.kind === 'rpc' && !isCatalogued(failure.error)));

/** What to tell a person whose request met the failure; `otherwise` when the catalogue has no refusal for it. */
export const refusalOf = (failure: RpcFailure, otherwise: RefusalCode): RefusalCode =>
  classify(failure).refusal ?? otherwise;
