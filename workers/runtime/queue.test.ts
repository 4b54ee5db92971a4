import { afterAll, beforeAll, describe } from 'vitest';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { findRedis, startRedis, type TestRedis } from '../testing/redis.ts';
import { queueContract } from './queue.contract.ts';

describe('the queue on Postgres', () => {
  let db: TestDb;
  beforeAll(async () => {
    db = await createTestDb();
  });
  afterAll(() => db.close());
  queueContract(() => ({ databaseUrl: db.url }));
});

const redisPath = findRedis();

describe.skipIf(!redisPath)(
  `the queue on Redis${redisPath ? '' : ' (redis-server is not on the PATH)'}`,
  () => {
    let redis: TestRedis;
    beforeAll(async () => {
      redis = await startRedis(redisPath ?? '');
    });
    afterAll(() => redis.stop());
    queueContract(() => ({ databaseUrl: '', redisUrl: redis.url }));
  },
);
