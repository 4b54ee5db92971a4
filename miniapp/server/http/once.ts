import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Once } from '#db/once.ts';
import type { ServerEnv } from './env.ts';
import { ServerProblem } from './problems.ts';

export const IDEMPOTENCY_HEADER = 'idempotency-key';

const KEY = /^[\x21-\x7e]{1,200}$/;

/** Behind `requireCaller`: a creating call that names a key is done once, and answered alike when it is sent again. */
export const acceptKey = (): MiddlewareHandler<ServerEnv> => async (c, next) => {
  const key = c.req.header(IDEMPOTENCY_HEADER);
  if (key !== undefined) {
    if (!KEY.test(key)) throw new ServerProblem('invalid_input', { fields: ['Idempotency-Key'] });
    const call = [c.req.method, c.req.path, await c.req.text()].join('\n');
    c.set('once', {
      operatorId: c.get('caller').operatorId,
      key,
      callHash: createHash('sha256').update(call).digest(),
      ...sealUnder(c.req.header('authorization') ?? '', key),
    });
  }
  await next();
};

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What is shown once is kept so that only the bearer of the same token can read it again. */
const sealUnder = (bearer: string, key: string): Pick<Once, 'seal' | 'open'> => {
  const derive = () => Buffer.from(hkdfSync('sha256', bearer, key, 'usher call outcome', 32));
  return {
    seal(outcome) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', derive(), iv, { authTagLength: TAG_BYTES });
      const sealed = Buffer.concat([cipher.update(outcome), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
    },
    open(sealed) {
      const iv = sealed.subarray(0, IV_BYTES);
      const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', derive(), iv, { authTagLength: TAG_BYTES });
      try {
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
};
