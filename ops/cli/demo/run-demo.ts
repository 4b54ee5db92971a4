import { resolve } from 'node:path';
import type { Translate } from '#locales/translate.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import { createScreen, type ScreenOutput } from '../screen.ts';
import type { DemoOptions } from './options.ts';
import { createPicture } from './picture.ts';
import { type DemoFigures, describeReport, figuresOf } from './report.ts';
import { openStage, type Stage } from './stage.ts';

export type DemoSurroundings = {
  t: Translate;
  lifecycle: Lifecycle;
  output: ScreenOutput;
  printsJson: boolean;
  /** Everything stays up after the end, and a line says so. */
  stays: boolean;
  /** Hears of the stage once it stands, for those who want to disturb the play. */
  onStage?: (stage: Stage) => void;
  onJoined?: (joined: number) => void;
};

/** Plays a demo to its table. Everything it started ends with the lifecycle. Throws DemoFailed. */
export async function runDemo(options: DemoOptions, around: DemoSurroundings): Promise<DemoFigures> {
  const { t, lifecycle, output } = around;
  // Counted from the start of this process, its own loading included.
  const secondsSinceStart = () => performance.now() / 1000;
  const screen = createScreen(output);
  const picture = createPicture(t, screen);
  screen.say(t('demo-starting', { seed: options.seed, scale: options.scale }));

  const opening = openStage(options, lifecycle, {
    onUp: picture.onUp,
    onLost: ({ name, logPath }) => screen.say(t('demo-child-lost', { name, log: logPath })),
  });
  const [stage, { play }] = await Promise.all([opening, import('./play.ts')]);
  around.onStage?.(stage);

  let secondsToFirstInvite: number | undefined;
  const playing = play(stage, options.collectedLimit, {
    ...picture,
    onCampaign(campaign) {
      if (campaign.feed.length > 0) secondsToFirstInvite ??= secondsSinceStart();
      picture.onCampaign(campaign);
      around.onJoined?.(campaign.counts.joined);
    },
  });

  const { workspaceId, campaignId, rejects } = await Promise.race([playing, stage.broken]);
  const { getCampaignReport } = await import('#db/queries/get-campaign-report.ts');
  const report = await getCampaignReport({ db: stage.app.db, workspaceId }, { campaignId });
  const seconds = secondsSinceStart();
  const figures = figuresOf(report, { secondsToFirstInvite: secondsToFirstInvite ?? seconds, seconds });
  screen.say(describeReport(t, report, rejects));
  screen.say(describeAddresses(t, stage, options.ledgerFile));
  if (around.stays) screen.say(t('demo-staying'));
  if (around.printsJson) output.write(`${JSON.stringify(figures)}\n`);
  return figures;
}

function describeAddresses(
  t: Translate,
  { sandbox, cast, miniappUrl, logFolder }: Stage,
  ledgerFile?: string,
): string {
  const chat = `${sandbox.web.url}/chat?user=${cast.owner.id}&bot=${cast.bot.id}`;
  return [
    t('demo-address-chat', { url: chat }),
    t('demo-address-miniapp', { url: miniappUrl }),
    t('demo-address-control', { url: sandbox.control.url }),
    ledgerFile
      ? t('demo-address-ledger', { url: resolve(ledgerFile) })
      : t('demo-address-ledger', { url: `${sandbox.control.url}/ledger` }),
    t('demo-address-logs', { url: logFolder }),
  ].join('\n');
}
