import type { EventPayload, PublishedEvent } from '#core/events.ts';
import { REFUSAL_CODES, refusalKey } from '#core/refusals.ts';
import { panelLink } from '#core/team/deep-links.ts';
import type { AlertSubject, AlertSubjectRef } from '#db/queries/get-alert-subject.ts';
import type { CampaignStop } from '#db/queries/get-campaign.ts';
import { errorKey, evidenceKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { callbacks } from '../callbacks.ts';
import { escapeHtml, type Screen } from '../screen.ts';

/** The events that become messages. All others only move the status message and the Mini App. */
export const ALERTED = [
  'campaign.finished',
  'campaign.paused',
  'account.cooling',
  'account.blocked',
  'account.frozen',
  'account.banned',
  'account.signed_out',
  'account.new_login',
  'node.lost',
  'node.returned',
  'keys.away',
  'keys.back',
  'policy.published',
  'policy.rejected',
  'webhook.disabled',
  'parse_task.finished',
  'parse_task.refused',
  'parse_task.failed',
  'parse_task.waits',
  'audience_file.imported',
  'audience_file.refused',
  'retention.finished',
] as const;
export type AlertKind = (typeof ALERTED)[number];
export type AlertEvent = Extract<PublishedEvent, { kind: AlertKind }>;

/** A passage over old people that found none is no news. */
export const isAlert = (event: PublishedEvent): event is AlertEvent =>
  (ALERTED as readonly string[]).includes(event.kind) &&
  !(event.kind === 'retention.finished' && event.payload.people + event.payload.files === 0);

/** The same subject in the same state on the same day is one message, edited; another day is a new one. */
export const alertKey = (event: AlertEvent): string =>
  `${event.kind}:${subjectId(event)}:${event.at.toISOString().slice(0, 10)}`;

/** Each new session is news of its own, also of the same account on the same day. */
const subjectId = (event: AlertEvent): string =>
  event.kind === 'account.new_login'
    ? `${event.payload.accountId}:${event.payload.hash}`
    : Object.values(subjectOf(event)).join();

/** The ids that say what an event is about. */
export const subjectOf = ({ payload }: AlertEvent): AlertSubjectRef => {
  if ('campaignId' in payload) return { campaignId: payload.campaignId };
  if ('version' in payload) return { policyVersion: payload.version };
  if ('webhookId' in payload) return { webhookId: payload.webhookId };
  if ('taskId' in payload) return { taskId: payload.taskId };
  if ('fileId' in payload) return { fileId: payload.fileId };
  if ('runId' in payload) return { part: 'retention' };
  if ('because' in payload || Object.keys(payload).length === 0) return { part: 'keys' };
  if ('name' in payload) return { nodeName: payload.name };
  return { accountId: payload.accountId };
};

/** The message of an alert: what happened, why, and what to do. */
export const alertScreen = (
  event: AlertEvent,
  subject: AlertSubject,
  panel: { miniappUrl: string | undefined; botUsername: string },
  t: Translate,
): Screen => ({
  text: alertText(event, subject, t),
  buttons: [
    'taskId' in event.payload
      ? [
          { text: t('bot-show-tasks'), data: callbacks.showTasks },
          { text: t('bot-open-panel'), url: panelLink(panel.botUsername, `t_${event.payload.taskId}`) },
        ]
      : [
          { text: t('bot-show-status'), data: callbacks.refreshStatus },
          ...(panel.miniappUrl ? [{ text: t('bot-open-panel'), webApp: panel.miniappUrl }] : []),
        ],
  ],
});

const alertText = (event: AlertEvent, subject: AlertSubject, t: Translate): string => {
  const name = escapeHtml(subject.name);
  switch (event.kind) {
    case 'campaign.finished':
      return t('alert-campaign-finished', { name, ...subject.counts });
    case 'campaign.paused':
      return [
        t('alert-campaign-paused', { name, because: t(errorKey(event.payload.because)) }),
        ...(subject.stops ?? []).map((stop) => describeStop(stop, t)),
      ].join('\n\n');
    case 'account.cooling':
    case 'account.blocked':
      return t(event.kind === 'account.cooling' ? 'alert-account-cooling' : 'alert-account-blocked', {
        name,
        at: new Date(event.payload.until),
        because: t(errorKey(event.payload.error)),
      });
    case 'account.signed_out':
      return t('alert-account-signed-out', { name, because: t(errorKey(event.payload.error)) });
    case 'account.new_login': {
      const { device, app, country, createdAt } = event.payload;
      const shown = { device: escapeHtml(device), app: escapeHtml(app), country: escapeHtml(country) };
      return t('alert-account-new-login', { name, at: new Date(createdAt), ...shown });
    }
    case 'account.banned':
      return t('alert-account-banned', { name, because: t(errorKey(event.payload.error)) });
    case 'account.frozen':
      return frozenText(name, event.payload, t);
    case 'node.lost':
      return t('alert-node-lost', { name });
    case 'node.returned':
      return t('alert-node-returned', { name });
    case 'keys.away':
      return t('alert-keys-away', { because: t(refusalKey(`session_keys.${event.payload.because}`)) });
    case 'keys.back':
      return t('alert-keys-back');
    case 'policy.published':
      return t('alert-policy-published', { version: event.payload.version, reason: name });
    case 'policy.rejected':
      return t('alert-policy-rejected', { version: event.payload.version });
    case 'parse_task.finished': {
      const { people, because } = event.payload;
      return because
        ? t('alert-parse-empty', { name, because: wordsOf(because, t) })
        : t('alert-parse-finished', { name, people });
    }
    case 'parse_task.refused':
      return t('alert-parse-failed', { name, because: wordsOf(event.payload.code, t) });
    case 'parse_task.failed':
      return t('alert-parse-failed', { name, because: wordsOf(event.payload.error, t) });
    case 'parse_task.waits': {
      const { error, until } = event.payload;
      const because = t(errorKey(error));
      return until
        ? t('alert-parse-waits-until', { name, because, at: new Date(until) })
        : t('alert-parse-waits', { name, because });
    }
    case 'audience_file.imported':
      return t('alert-file-imported', { name, rows: event.payload.rows });
    case 'audience_file.refused':
      return t('alert-file-refused', { name, because: wordsOf(event.payload.code, t) });
    case 'retention.finished':
      return t('alert-retention', { people: event.payload.people, files: event.payload.files });
    case 'webhook.disabled':
      return t('alert-webhook-disabled', { name, because: escapeHtml(event.payload.because) });
  }
};

/** The sentence of a refusal, or else of an error of Telegram. */
export const wordsOf = (reason: string, t: Translate): string => {
  const code = REFUSAL_CODES.find((known) => known === reason);
  return t(code ? refusalKey(code) : errorKey(reason));
};

const describeStop = ({ kind, counted, sample, allowed }: CampaignStop, t: Translate): string =>
  t(evidenceKey(kind), { counted, allowed, sample: sample ?? 0 });

const frozenText = (
  name: string,
  { error, until, appealUrl }: EventPayload<'account.frozen'>,
  t: Translate,
): string =>
  [
    t('alert-account-frozen', { name, because: t(errorKey(error)) }),
    ...(until ? [t('alert-account-frozen-until', { at: new Date(until) })] : []),
    ...(appealUrl ? [t('alert-account-frozen-appeal', { url: escapeHtml(appealUrl) })] : []),
  ].join('\n\n');
