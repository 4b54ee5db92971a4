import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { launchUrl, signInitData } from '#sandbox/botapi/launch.ts';
import { THEMES } from '#sandbox/web/host/theme-params.ts';
import { launchRequest } from '../contract.ts';
import { ControlError } from '../control-error.ts';
import { describeConversation } from '../conversation.ts';
import type { ControlDeps } from '../deps.ts';
import { getBot, getUser } from '../peers.ts';
import { check } from '../read-body.ts';

/** Opens Mini Apps as Telegram would: signed for one person, now. */
export function launchRoutes({ telegram, botApi, launchKey }: ControlDeps) {
  const { world } = telegram;
  return new Hono().post('/launch', check('json', launchRequest), (context) => {
    const request = context.req.valid('json');
    const user = getUser(world, request.user);
    const bot = getBot(world, request.bot);
    const { menuButton } = describeConversation(world, botApi, user, bot);
    const appUrl = request.url ?? (menuButton.type === 'web_app' ? menuButton.web_app.url : undefined);
    if (appUrl === undefined) {
      throw new ControlError(409, 'launch.no_app', 'the bot has no Mini App in its menu button: name a url');
    }
    const themeParams = THEMES[request.theme];
    const initData = signInitData(
      {
        user,
        authDate: new Date(),
        startParam: request.startParam,
        queryId: `AA${randomBytes(12).toString('base64url')}`,
        allowsWriteToPm: world.privateMessages(user.id, bot.id).length > 0,
      },
      { id: bot.id, token: bot.bot.token },
      launchKey,
    );
    const { platform, version, startParam } = request;
    return context.json({
      url: launchUrl(appUrl, { initData, themeParams, startParam, platform, version }),
      initData,
      themeParams,
    });
  });
}
