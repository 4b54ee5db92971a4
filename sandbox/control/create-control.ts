import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createPageRoutes } from '#sandbox/web/serve-page.ts';
import { Refusal } from '#sandbox/world/refusal.ts';
import { ControlError } from './control-error.ts';
import type { ControlDeps } from './deps.ts';
import { guardLoopback } from './guard.ts';
import { launchRoutes } from './routes/launch.ts';
import { observeRoutes } from './routes/observe.ts';
import { steerRoutes } from './routes/steer.ts';
import { userRoutes } from './routes/users.ts';

export type ControlServer = {
  /** On 127.0.0.1, a free port unless told. */
  listen(port?: number): Promise<{ url: string }>;
  close(): Promise<void>;
};

/** Everything a person at the keyboard, a launcher or a test may do to the sandbox, over HTTP on loopback. */
export function createControlApp(deps: ControlDeps) {
  const app = new Hono()
    .use(guardLoopback)
    .route('/', observeRoutes(deps))
    .route('/', steerRoutes(deps))
    .route('/', launchRoutes(deps))
    .route('/users', userRoutes(deps))
    .route('/', createPageRoutes());

  app.notFound((context) =>
    context.json({ error: { code: 'route.not_found', message: `there is no ${context.req.path}` } }, 404),
  );
  app.onError((error, context) => {
    if (error instanceof ControlError) {
      return context.json({ error: { code: error.code, message: error.message } }, error.status);
    }
    if (error instanceof Refusal) {
      return context.json({ error: { code: 'telegram.refused', message: error.text } }, 409);
    }
    if (error instanceof HTTPException) {
      return context.json({ error: { code: 'request.invalid', message: error.message } }, error.status);
    }
    return context.json({ error: { code: 'sandbox.failed', message: error.message } }, 500);
  });
  return app;
}

export function createControlServer(deps: ControlDeps): ControlServer {
  const server = createAdaptorServer({ fetch: createControlApp(deps).fetch }) as Server;
  return {
    listen: (port = 0) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
