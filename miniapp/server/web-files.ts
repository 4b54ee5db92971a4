import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Context, Hono } from 'hono';
import type { ServerEnv } from './http/env.ts';

/** The built web app, read and packed once at start: no request ever names a file on disk. */
export type WebFiles = { index: WebFile; assets: ReadonlyMap<string, WebFile> };
type WebFile = {
  type: string;
  plain: Uint8Array<ArrayBuffer>;
  packed: Uint8Array<ArrayBuffer>;
  etag: string;
};

/** There is no built web app where the server looks for one. */
export class WebNotBuilt extends Error {
  constructor(root: string) {
    super(
      `The Mini App is not built: there is no index.html in ${root}. Run \`npm run build\` and start again.`,
    );
    this.name = 'WebNotBuilt';
  }
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Reads what `vite build` wrote into `root`. `hostOrigin` is told to the page, so that one build speaks to Telegram and
 * to an offline host alike. Throws `WebNotBuilt`.
 */
export const loadWebFiles = async (root: string, hostOrigin: string | undefined): Promise<WebFiles> => {
  const html = await readFile(join(root, 'index.html'), 'utf8').catch(() => {
    throw new WebNotBuilt(root);
  });
  const meta = hostOrigin ? `<meta name="usher-host-origin" content="${new URL(hostOrigin).origin}" />` : '';
  const names = (await readdir(join(root, 'assets'))).filter((name) => extname(name) in TYPES);
  const assets = await Promise.all(
    names.map(
      async (name) =>
        [name, await pack(TYPES[extname(name)], await readFile(join(root, 'assets', name)))] as const,
    ),
  );
  return {
    index: await pack('text/html; charset=utf-8', Buffer.from(html.replace('</head>', `${meta}</head>`))),
    assets: new Map(assets),
  };
};

const pack = async (type = 'application/octet-stream', content: Buffer): Promise<WebFile> => ({
  type,
  plain: new Uint8Array(content),
  packed: new Uint8Array(await promisify(gzip)(content)),
  etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
});

/** Assets carry a hash in their name and never change; the page is asked for anew each time. */
export const webRoutes = ({ index, assets }: WebFiles) => {
  const page = (c: Context<ServerEnv>) => send(c, index, 'no-cache');
  return new Hono<ServerEnv>()
    .get('/', page)
    .get('/campaigns/:campaignId', page)
    .get('/communities', page)
    .get('/tasks', page)
    .get('/tasks/:taskId', page)
    .get('/team', page)
    .get('/accounts/:accountId?', page)
    .get('/settings', page)
    .get('/audiences', page)
    .get('/audiences/import/:fileId?', page)
    .get('/suppressions', page)
    .get('/assets/:name', (c) => sendAsset(c, assets.get(c.req.param('name'))));
};

/** The page that connects accounts. */
export const connectPageRoutes = ({ index, assets }: WebFiles) =>
  new Hono<ServerEnv>()
    .get('/', (c) => send(c, index, 'no-store'))
    .get('/assets/:name', (c) => sendAsset(c, assets.get(c.req.param('name'))));

const sendAsset = (c: Context<ServerEnv>, asset: WebFile | undefined) =>
  asset ? send(c, asset, 'public, max-age=31536000, immutable') : c.notFound();

const send = (c: Context<ServerEnv>, file: WebFile, caching: string): Response => {
  const headers = {
    'content-type': file.type,
    'cache-control': caching,
    etag: file.etag,
    vary: 'accept-encoding',
  };
  if (c.req.header('if-none-match') === file.etag) return c.body(null, 304, headers);
  return /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    ? c.body(file.packed, 200, { ...headers, 'content-encoding': 'gzip' })
    : c.body(file.plain, 200, headers);
};
