import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded.ts';
import { migrate } from '../migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address of a migrated database that nobody connects to: tests clone it. */
    templateUrl: string;
  }
}

const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

/** One server and one migrated template for a run of tests; `DATABASE_URL_FOR_TESTS` names a server to use instead. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL_FOR_TESTS;
  const dataDir = given ? undefined : await mkdtemp(join(tmpdir(), 'usher-test-'));
  const server: EmbeddedPostgres = dataDir
    ? await startEmbeddedPostgres({ dataDir, settings })
    : { url: given ?? '', stop: async () => {} };
  await migrate(server.url);
  project.provide('templateUrl', server.url);
  return async () => {
    await server.stop();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  };
}
