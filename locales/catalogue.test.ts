import { FluentResource } from '@fluent/bundle';
import { describe, expect, it } from 'vitest';
import { HEALTH_ISSUES } from '#core/account/health.ts';
import { RECOVERIES } from '#core/account/standing.ts';
import { BREAKERS } from '#core/breakers/breaker.ts';
import { LANE_REASONS } from '#core/campaign/next-attempt.ts';
import { PAUSE_RULES, TARGET_RULES } from '#core/campaign/target-rules.ts';
import { NODE_STATUSES } from '#core/fleet/node-status.ts';
import { ASSUMPTIONS } from '#core/forecast/forecast.ts';
import { SLOT_REASONS } from '#core/pacing/slot.ts';
import { REFUSAL_CODES, refusalKey } from '#core/refusals.ts';
import { ROLES } from '#core/roles.ts';
import {
  ACCOUNT_STATUSES,
  ATTEMPT_STATUSES,
  AUDIENCE_STATUSES,
  BASES,
  CAMPAIGN_STATUSES,
  COMMUNITY_KINDS,
  LANGUAGES,
  PARSE_SOURCES,
  PARSE_SPEEDS,
  PARSE_STATUSES,
  PRIORITIES,
  TARGET_STATUSES,
} from '#core/statuses.ts';
import { CATALOGUED_ERRORS } from '#core/telegram/error-catalogue.ts';
import { EXPLAINED_REASONS, errorKey, errorLabelKey, evidenceKey, recoveryKey } from './keys.ts';
import { createTranslate, readSources } from './translate.ts';

type Entry = { placeables: string[]; attributes: string[] };

/** Every message and term of a language with the names of its placeables. */
function readEntries(language: (typeof LANGUAGES)[number]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { name, text } of readSources(language)) {
    for (const entry of new FluentResource(text).body) {
      expect(entries.has(entry.id), `${entry.id} stands twice, again in ${language}/${name}`).toBe(false);
      entries.set(entry.id, { placeables: placeablesOf(entry), attributes: Object.keys(entry.attributes) });
    }
  }
  return entries;
}

/** Names of the variables anywhere in a parsed entry. */
function placeablesOf(node: unknown): string[] {
  const names = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('type' in part && part.type === 'var' && 'name' in part) names.add(String(part.name));
    for (const inner of Object.values(part)) walk(inner);
  };
  walk(node);
  return [...names].sort();
}

describe('both languages', () => {
  it('hold the same keys, placeables and labels', () => {
    expect(Object.fromEntries(readEntries('ru'))).toEqual(Object.fromEntries(readEntries('en')));
  });

  it.each(LANGUAGES)('lose no line of %s to a slip of the pen', (language) => {
    for (const { name, text } of readSources(language)) {
      const written = text.match(/^-?[a-zA-Z].*$/gm) ?? [];
      const understood = new FluentResource(text).body.map((entry) => entry.id);
      expect(understood, `${language}/${name}`).toEqual(written.map((line) => line.split(/\s*=/)[0]));
    }
  });
});

describe.each(LANGUAGES)('the catalogue in %s', (language) => {
  const t = createTranslate(language);

  it('has a sentence for every refusal', () => {
    const facts = { field: 'invitesPerAccountDay', value: 31, bound: 30, until: '2026-03-10T12:00:00Z' };
    for (const code of REFUSAL_CODES) expect(t(refusalKey(code), facts)).toMatch(/\.$/);
  });

  it('explains every error and rule with a sentence and a label', () => {
    for (const reason of [...CATALOGUED_ERRORS, ...TARGET_RULES, ...PAUSE_RULES]) {
      expect(errorKey(reason)).not.toBe('error-unknown');
      expect(t(errorKey(reason))).toMatch(/\.$/);
      expect(t(errorLabelKey(reason))).not.toMatch(/\.$/);
    }
  });

  it('says of an unknown error that it is unknown', () => {
    expect(errorKey('SOMETHING_NEW')).toBe('error-unknown');
    expect(errorKey('constructor')).toBe('error-unknown');
    expect(t(errorKey('SOMETHING_NEW'))).toContain('Usher');
  });

  it('has words for every value of every vocabulary', () => {
    const vocabularies: Record<string, readonly string[]> = {
      'account-status': ACCOUNT_STATUSES,
      'campaign-status': CAMPAIGN_STATUSES,
      'target-status': TARGET_STATUSES,
      'attempt-status': ATTEMPT_STATUSES,
      'parse-status': PARSE_STATUSES,
      'parse-source': PARSE_SOURCES,
      'parse-speed': PARSE_SPEEDS,
      'audience-status': AUDIENCE_STATUSES,
      'community-kind': COMMUNITY_KINDS,
      basis: BASES,
      priority: PRIORITIES,
      role: ROLES,
      language: LANGUAGES,
      'node-status': NODE_STATUSES,
      slot: [...SLOT_REASONS, ...LANE_REASONS],
      'forecast-assumes': ASSUMPTIONS,
    };
    const evidence = { counted: 3, sample: 50, allowed: 2 };
    for (const kind of BREAKERS) {
      expect(t(evidenceKey(kind), evidence)).toContain('3');
    }
    for (const issue of HEALTH_ISSUES) expect(t(`health-${issue}`, { count: 3 })).not.toBe('');
    for (const by of RECOVERIES) expect(t(recoveryKey(by))).not.toBe('');
    for (const [prefix, values] of Object.entries(vocabularies)) {
      for (const value of values) expect(t(`${prefix}-${value}`)).not.toBe('');
    }
  });
});

it('holds no error text that nothing can show', () => {
  const shown = new Set([...EXPLAINED_REASONS.map(errorKey), 'error-unknown']);
  const written = [...readEntries('en').keys()].filter((key) => key.startsWith('error-'));
  expect(written.filter((key) => !shown.has(key))).toEqual([]);
});

it('holds no refusal text that nothing can show', () => {
  const shown = new Set(REFUSAL_CODES.map(refusalKey));
  const written = [...readEntries('en').keys()].filter((key) => key.startsWith('refusal-'));
  expect(written.filter((key) => !shown.has(key))).toEqual([]);
});
