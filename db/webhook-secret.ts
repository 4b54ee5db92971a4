import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Secret } from '#core/secret.ts';

export type WebhookOwner = { workspaceId: string; webhookId: string };

/** Keeps the secrets of webhooks so that a copy of the database signs nothing. */
export type WebhookSeal = {
  seal(owner: WebhookOwner, secret: Secret): Buffer;
  /** Throws when the seal was broken, moved to another webhook, or made with another key. */
  open(owner: WebhookOwner, sealed: Buffer): Secret;
};

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `key` is the suppression key, which server and workers share; what seals is derived from it and good for nothing else. */
export const createWebhookSeal = (key: Buffer): WebhookSeal => {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'usher webhook secrets', 32));
  const dataOf = ({ workspaceId, webhookId }: WebhookOwner) =>
    Buffer.from(['webhook', workspaceId, webhookId, 1].join('|'));
  return {
    seal(owner, secret) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', derived, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(dataOf(owner));
      const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },
    open(owner, sealed) {
      const iv = sealed.subarray(0, IV_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', derived, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(dataOf(owner)).setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      return new Secret(text.toString('utf8'));
    },
  };
};

/** A new secret in the form of the Standard Webhooks specification. */
export const createWebhookSecret = (): Secret => new Secret(`whsec_${randomBytes(32).toString('base64')}`);
