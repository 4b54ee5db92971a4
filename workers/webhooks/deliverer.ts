import type { Clock } from '#core/clock.ts';
import { Refused } from '#core/refusals.ts';
import type { Secret } from '#core/secret.ts';
import { isPublicAddress } from '#core/webhook/address.ts';
import { isLost, waitAfter } from '#core/webhook/schedule.ts';
import { disableWebhook } from '#db/commands/disable-webhook.ts';
import type { Db } from '#db/context.ts';
import {
  type DueDelivery,
  settleArrived,
  settleFailed,
  spreadEvents,
  takeDueDeliveries,
} from '#db/webhook-deliveries.ts';
import type { WebhookSeal } from '#db/webhook-secret.ts';
import { describeError, type Log } from '../runtime/log.ts';
import { type Loop, startLoop } from '../runtime/loop.ts';
import { type PostAnswer, postJson } from './post.ts';
import { signMessage } from './sign.ts';

export type DelivererDeps = {
  db: Db;
  clock: Clock;
  log: Log;
  seal: WebhookSeal;
  random: () => number;
  /** Which addresses may be spoken to; the open internet unless said otherwise. */
  mayReach?: (address: string) => boolean;
};

const EVERY_MS = 2_000;
const AT_ONCE = 16;

/**
 * Tells webhooks what happened, at least once each: due rows in Postgres are the only memory, so that a worker that ends
 * in the middle costs a repetition and nothing else.
 */
export const startDeliverer = (deps: DelivererDeps): Loop =>
  startLoop(async () => ((await deliverDue(deps)).isFull ? 0 : EVERY_MS), {
    onError: (thrown) => deps.log.warn(describeError(thrown), 'webhooks could not be told'),
  });

/** One round: new events become deliveries, and those that are due are sent. */
export const deliverDue = async (deps: DelivererDeps): Promise<{ isFull: boolean }> => {
  const { isFull } = await spreadEvents(deps.db);
  const due = await takeDueDeliveries(deps.db, { limit: AT_ONCE });
  await Promise.all(due.map((delivery) => deliver(deps, delivery)));
  return { isFull: isFull || due.length === AT_ONCE };
};

const deliver = async (deps: DelivererDeps, delivery: DueDelivery): Promise<void> => {
  const { db, random } = deps;
  const { hasArrived, answer } = await send(deps, delivery);
  if (hasArrived) return settleArrived(db, delivery, answer);
  const waitMs = waitAfter(delivery.tries, random());
  const { failingSince, now } = await settleFailed(db, delivery, { answer, waitMs });
  if (isLost(failingSince, now)) await giveUp(deps, delivery, answer);
};

const send = async (deps: DelivererDeps, delivery: DueDelivery): Promise<PostAnswer> => {
  const secret = openSecret(deps, delivery);
  if (!secret) return { hasArrived: false, answer: 'secret_lost' };
  const { deliveryId: id, workspaceId, position, kind, payload, at } = delivery;
  const body = JSON.stringify({ id, workspaceId, position, kind, at: at.toISOString(), payload });
  const headers = signMessage(secret, { id, body, sentAt: new Date() });
  return postJson({ url: delivery.url, body, headers }, deps.mayReach ?? isPublicAddress);
};

const openSecret = ({ seal, log }: DelivererDeps, delivery: DueDelivery): Secret | undefined => {
  const { workspaceId, webhookId, sealedSecret } = delivery;
  try {
    return seal.open({ workspaceId, webhookId }, sealedSecret);
  } catch {
    log.error({ webhookId }, 'the secret of a webhook cannot be opened with this SUPPRESSION_KEY');
    return undefined;
  }
};

/** Another delivery of the same round may have given it up already. */
const giveUp = async ({ db, clock }: DelivererDeps, delivery: DueDelivery, because: string) => {
  const { workspaceId, webhookId } = delivery;
  const actor = { kind: 'system', part: 'worker' } as const;
  await disableWebhook({ db, actor, workspaceId, now: clock.now() }, { webhookId, because }).catch(
    (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    },
  );
};
