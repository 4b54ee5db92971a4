import { defineConfig } from 'vitest/config';

/** Rooms whose tests need neither database, socket nor browser: `npm run verify` runs them in seconds. */
const pureRooms = [
  'core',
  'process',
  'locales',
  'files',
  'bot/features',
  'sandbox/tl',
  'sandbox/crypto',
  'sandbox/world',
  'sandbox/limits',
  'sandbox/faults',
  'sandbox/ledger',
  'sandbox/scenarios',
  'ops/house',
  'ops/cli',
  'ops/docs',
  'ops/testing',
  'ops/torture',
];
const pure = pureRooms.map((room) => `${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: pure } },
      {
        test: {
          name: 'services',
          include: ['**/*.test.ts'],
          exclude: ['**/node_modules/**', ...pure],
          globalSetup: ['db/testing/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['**/*.e2e.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['db/testing/global-setup.ts', 'ops/testing/chromium-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          pool: 'forks',
          maxWorkers: 1,
        },
      },
    ],
  },
});
