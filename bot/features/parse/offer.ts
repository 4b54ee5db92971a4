import type { Api } from 'grammy';
import { listBotMessages } from '#db/bot-messages.ts';
import type { QueryContext } from '#db/context.ts';
import { getParseEstimate } from '#db/queries/get-parse-estimate.ts';
import { getCommunity } from '#db/queries/list-communities.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotDeps } from '../../deps.ts';
import { showInPlace } from '../../edited-message.ts';
import { type Offer, offerScreen, sourceOf } from './offer-view.ts';

/** The message in which a community is offered for collecting: it follows what accounts read of it. */
export const offerKey = (communityId: string): string => `parse-offer:${communityId}`;

export const getOffer = async (ctx: QueryContext, communityId: string): Promise<Offer> => {
  const community = await getCommunity(ctx, { communityId });
  const order = { communityId, source: sourceOf(community), wish: {} };
  return { communityId, community, estimate: await getParseEstimate(ctx, order) };
};

/** An account has read a community: whoever waits for that sees what it came to. */
export const refreshOffers = async (
  deps: BotDeps,
  api: Api,
  { workspaceId, communityId }: { workspaceId: string; communityId: string },
): Promise<void> => {
  const key = offerKey(communityId);
  const messages = await listBotMessages(deps.db, { workspaceId, key });
  if (messages.length === 0) return;
  const offer = await getOffer({ db: deps.db, workspaceId }, communityId);
  for (const message of messages) {
    await showInPlace(deps, api, { ...message, key }, offerScreen(offer, createTranslate(message.language)));
  }
};
