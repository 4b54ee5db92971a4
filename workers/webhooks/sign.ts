import { createHmac } from 'node:crypto';
import type { Secret } from '#core/secret.ts';

/**
 * The headers that prove where a message comes from and when it was sent (standardwebhooks.com): an HMAC-SHA256 over id,
 * timestamp and body, under the bytes that stand in base64 behind `whsec_`.
 */
export const signMessage = (
  secret: Secret,
  message: { id: string; body: string; sentAt: Date },
): Record<string, string> => {
  const { id, body, sentAt } = message;
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const key = Buffer.from(secret.reveal().replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
};
