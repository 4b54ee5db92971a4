import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** In a process of its own, because a test's NODE_ENV would put the development build of React into the page. */
export const buildPage = async (page: 'web' | 'connect'): Promise<void> => {
  const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const arguments_ = [
    pathOf('../../../node_modules/vite/bin/vite.js'),
    'build',
    '--config',
    pathOf(`../../${page}/vite.config.ts`),
  ];
  const { NODE_ENV: _, ...env } = process.env;
  await promisify(execFile)(process.execPath, arguments_, { env });
};
