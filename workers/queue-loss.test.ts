import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportOf, runCampaign } from './testing/campaign.ts';
import { findRedis, flushRedis, startRedis, type TestRedis } from './testing/redis.ts';
import { type Stage, setStage } from './testing/stage.ts';

const redisPath = findRedis();

describe.skipIf(!redisPath)(
  `a worker on Redis${redisPath ? '' : ' (redis-server is not on the PATH)'}`,
  () => {
    let redis: TestRedis;
    let stage: Stage;
    beforeAll(async () => {
      redis = await startRedis(redisPath ?? '');
      stage = await setStage({ scale: 10_000 });
    });
    afterAll(async () => {
      await stage.close();
      await redis.stop();
    });

    it('loses nothing with the whole queue', async () => {
      await stage.startWorker({ redisUrl: redis.url });
      const account = await stage.connect({ firstName: 'Ann' });
      const { campaignId } = await runCampaign(stage, [account], [{}, {}, {}]);
      flushRedis(redis.url);
      await stage.event('campaign.progressed', (payload) => payload.campaignId === campaignId);
      flushRedis(redis.url);
      await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);
      expect((await reportOf(stage, campaignId)).counts).toMatchObject({ joined: 3 });
    });
  },
);
