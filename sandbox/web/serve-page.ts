import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';

const HOST_FOLDER = new URL('./host/', import.meta.url);
const ASSET = /^[a-z-]+\.(?:ts|css)$/;

/**
 * The chat page. Its TypeScript is served as JavaScript, module by module, so that it needs no build.
 * Nothing but scripts and styles of its own folder is served.
 */
export function createPageRoutes() {
  const scripts = new Map<string, Promise<string>>();
  return new Hono()
    .get('/chat', async (context) => {
      context.header('cache-control', 'no-store');
      return context.html(await readFile(new URL('chat.html', HOST_FOLDER), 'utf8'));
    })
    .get('/host/:name', async (context) => {
      const name = context.req.param('name');
      if (!ASSET.test(name)) return context.notFound();
      const file = new URL(name, HOST_FOLDER);
      const source = await readFile(file, 'utf8').catch(() => undefined);
      if (source === undefined) return context.notFound();
      if (name.endsWith('.css')) {
        return context.body(source, 200, { 'content-type': 'text/css; charset=utf-8' });
      }
      const script = scripts.get(name) ?? toJavaScript(source, fileURLToPath(file));
      scripts.set(name, script);
      return context.body(await script, 200, { 'content-type': 'text/javascript; charset=utf-8' });
    });
}

async function toJavaScript(source: string, path: string): Promise<string> {
  // Loaded on first use: the sandbox starts without it.
  const { transformWithOxc } = await import('vite');
  return (await transformWithOxc(source, path, { sourcemap: false })).code;
}
