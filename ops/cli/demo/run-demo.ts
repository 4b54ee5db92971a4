import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Translate } from '#locales/translate.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import { createScreen, type Screen, type ScreenOutput } from '../screen.ts';
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

/** Plays a demo to its table. Everything it started ends with the lifecycle; logs of a failure stay. Throws DemoFailed. */
export async function runDemo(options: DemoOptions, around: DemoSurroundings): Promise<DemoFigures> {
  const { t, lifecycle, output } = around;
  const folder = await mkdtemp(join(tmpdir(), 'usher-demo-'));
  let hasFailed = false;
  lifecycle.onStop('folder', () =>
    rm(hasFailed ? join(folder, 'cluster') : folder, { recursive: true, force: true }),
  );
  const screen = createScreen(output);
  screen.say(t('demo-starting', { seed: options.seed, scale: options.scale, folder }));
  try {
    const { stage, played, secondsToFirstInvite } = await playOn(options, folder, screen, around);
    const { getCampaignReport } = await import('#db/queries/get-campaign-report.ts');
    const { workspaceId, campaignId, rejects } = played;
    const report = await getCampaignReport({ db: stage.app.db, workspaceId }, { campaignId });
    const figures = figuresOf(report, { secondsToFirstInvite, seconds: secondsSinceStart() });
    screen.close();
    screen.say(describeReport(t, report, rejects));
    screen.say(describeAddresses(t, stage, options.ledgerFile));
    if (around.stays) screen.say(t('demo-staying'));
    if (around.printsJson) output.write(`${JSON.stringify(figures)}\n`);
    return figures;
  } catch (error) {
    hasFailed = !lifecycle.isStopping;
    throw error;
  }
}

/** Counted from the start of this process, its own loading included. */
const secondsSinceStart = () => performance.now() / 1000;

async function playOn(
  options: DemoOptions,
  folder: string,
  screen: Screen,
  { t, lifecycle, onStage, onJoined }: DemoSurroundings,
) {
  const picture = createPicture(t, screen);
  const opening = openStage(options, folder, lifecycle, {
    onUp: picture.onUp,
    onLost: ({ name, logPath }) => screen.say(t('demo-child-lost', { name, log: logPath })),
  });
  const [stage, { play }] = await Promise.all([opening, import('./play.ts')]);
  onStage?.(stage);

  let firstInviteAt: number | undefined;
  const playing = play(stage, options.collectedLimit, {
    ...picture,
    onCampaign(campaign) {
      if (campaign.feed.length > 0) firstInviteAt ??= secondsSinceStart();
      picture.onCampaign(campaign);
      onJoined?.(campaign.counts.joined);
    },
  });
  const played = await Promise.race([playing, stage.broken]);
  return { stage, played, secondsToFirstInvite: firstInviteAt ?? secondsSinceStart() };
}

function describeAddresses(t: Translate, { sandbox, cast, miniappUrl }: Stage, ledgerFile?: string): string {
  const chat = `${sandbox.web.url}/chat?user=${cast.owner.id}&bot=${cast.bot.id}`;
  return [
    t('demo-address-chat', { url: chat }),
    t('demo-address-miniapp', { url: miniappUrl }),
    t('demo-address-control', { url: sandbox.control.url }),
    ledgerFile
      ? t('demo-address-ledger', { url: resolve(ledgerFile) })
      : t('demo-address-ledger', { url: `${sandbox.control.url}/ledger` }),
  ].join('\n');
}
