import type { BotApi } from '#sandbox/botapi/create-bot-api.ts';
import type { LaunchKey } from '#sandbox/botapi/launch.ts';
import type { Cast, Scenario } from '#sandbox/scenarios/load-scenario.ts';
import type { OfflineTelegram } from '#sandbox/telegram.ts';

/** What control may look at and change. */
export type ControlDeps = {
  telegram: OfflineTelegram;
  botApi: BotApi;
  launchKey: LaunchKey;
  cast(): Cast;
  /** Empties everything and loads this scenario, or the one the sandbox began with. */
  reset(scenario?: Scenario): Cast;
};
