import { expect, test } from 'vitest';
import { CallLog } from './call-log.ts';

test('only the latest calls are remembered, and fewer replies', () => {
  const log = new CallLog();
  for (let msgId = 4n; msgId <= 4000n; msgId += 4n)
    log.keepReply(log.open(msgId), Buffer.alloc(1), msgId + 1n);
  expect([log.find(2000n), log.find(2004n)?.msgId]).toEqual([undefined, 2004n]);
  expect([log.find(3800n)?.reply, log.find(3804n)?.reply]).toEqual([undefined, Buffer.alloc(1)]);
});

test('an acknowledgement drops the reply it names, also when it was sent again', () => {
  const log = new CallLog();
  const call = log.open(4n);
  log.keepReply(call, Buffer.alloc(1), 5n);
  log.keepReply(call, Buffer.alloc(1), 9n);
  log.acknowledge(5n);
  expect(call.reply).toBeDefined();
  log.acknowledge(9n);
  expect(call.reply).toBeUndefined();
});

test('a forgotten call may be opened again, and those that wait for it are told it failed', async () => {
  const log = new CallLog();
  const call = log.open(4n);
  log.forget(call);
  expect(await call.finished).toBe(false);
  expect(log.find(4n)).toBeUndefined();
});
