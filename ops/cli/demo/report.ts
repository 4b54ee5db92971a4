import { DAY_MS } from '#core/duration.ts';
import type { CampaignReport } from '#db/queries/get-campaign-report.ts';
import { errorLabelKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';

/** The figures of a demo, in the words of its `--json`. */
export type DemoFigures = {
  accounts: number;
  collected: number;
  imported: number;
  targets: number;
  joined: number;
  alreadyMembers: number;
  /** People not invited in the end, by reason. */
  refused: Record<string, number>;
  waiting: number;
  virtualDays: number;
  secondsToFirstInvite: number;
  seconds: number;
};

export function figuresOf(
  report: CampaignReport,
  times: { secondsToFirstInvite: number; seconds: number },
): DemoFigures {
  const refused: Record<string, number> = {};
  for (const { status, reason, count } of report.reasons) {
    if (status !== 'already_member') refused[reason] = (refused[reason] ?? 0) + count;
  }
  const { counts } = report;
  return {
    accounts: report.accounts,
    collected: report.collected,
    imported: report.imported,
    targets: counts.total,
    joined: counts.joined,
    alreadyMembers: counts.alreadyMember,
    refused,
    waiting: counts.waiting,
    virtualDays: round(report.durationMs / DAY_MS),
    secondsToFirstInvite: round(times.secondsToFirstInvite),
    seconds: round(times.seconds),
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The table at the end, in plain words. */
export function describeReport(
  t: Translate,
  report: CampaignReport,
  rejects: readonly { line: number; text: string; reason: string }[],
): string {
  const { counts, reasons, waiting } = report;
  const rows: [string, number][] = [
    [t('demo-joined'), counts.joined],
    [t('demo-already-members'), counts.alreadyMember],
    ...reasons
      .filter(({ status }) => status !== 'already_member')
      .map(({ reason, count }): [string, number] => [
        t('demo-refused', { reason: t(errorLabelKey(reason)) }),
        count,
      ]),
    ...waiting.map(({ reason, count, until }): [string, number] => [
      t('demo-waiting', { reason: t(errorLabelKey(reason)), until: t('moment-full', { at: until }) }),
      count,
    ]),
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    t('demo-table-title', { name: report.name, targets: counts.total }),
    ...rows.map(([label, count]) => `  ${label.padEnd(width)}  ${String(count).padStart(5)}`),
    ...rejects.map(({ line, text }) => t('demo-nameless', { line, text })),
  ].join('\n');
}
