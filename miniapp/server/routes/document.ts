import { Hono } from 'hono';
import { generateSpecs, resolver } from 'hono-openapi';
import { z } from 'zod';
import { problemSchema } from '#miniapp/contract/problem.ts';
import { openDoor } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';

/** What the API says of itself, made from the schemas it checks with (OpenAPI 3.1). */
export const documentRoutes = (app: () => Hono<ServerEnv>) => {
  let known: ReturnType<typeof describeApi> | undefined;
  return new Hono<ServerEnv>().get(
    '/openapi.json',
    openDoor({ summary: 'This document', answers: z.looseObject({ openapi: z.string() }) }),
    async (c) => {
      known ??= describeApi(app());
      return c.json(await known, 200, { 'cache-control': 'no-cache' });
    },
  );
};

const describeApi = async (app: Hono<ServerEnv>) => {
  const document = await generateSpecs(app, {
    excludeStaticFile: false,
    // The page that connects accounts speaks to nobody else.
    exclude: [/^\/connect\//],
    defaultValidationErrorResponse: false,
    documentation: {
      info: {
        title: 'Usher',
        version: '1',
        description:
          'Everything of a workspace. Lists are paged: `next` of an answer is the `cursor` of the next call. ' +
          'Moments named `now`, and all that have no other word, are business time.',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'The token of a signed-in panel.' },
          launch: {
            type: 'apiKey',
            in: 'header',
            name: 'authorization',
            description: 'Telegram’s init data behind the word tma.',
          },
        },
        responses: {
          Problem: {
            description: 'What is wrong, with a stable code (RFC 9457)',
            headers: {
              'retry-after': { schema: { type: 'integer' }, description: 'Seconds, when it was too often' },
            },
            content: { 'application/problem+json': { schema: resolver(problemSchema) } },
          },
        },
      },
    },
  });
  for (const { get } of Object.values(document.paths)) {
    if (get?.security?.length) get.responses = { ...get.responses, 304: UNCHANGED };
  }
  return document;
};

const UNCHANGED = {
  description: 'Nothing but the clock has changed since the answer that If-None-Match names',
};
