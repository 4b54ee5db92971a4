/** Makes the ids of one server's messages: strictly increasing, replies 1 and notices 3 modulo 4. */
export type MessageIds = (kind: 'reply' | 'notice') => bigint;

/** Telegram: a message id is unix time × 2³². Real time, whatever clock the world runs on. */
export function createMessageIds(): MessageIds {
  let last = 0n;
  return (kind) => {
    const now = (BigInt(Date.now()) << 32n) / 1000n;
    const base = now - (now % 4n);
    last = base > last ? base : last + 4n;
    return last + (kind === 'reply' ? 1n : 3n);
  };
}

const oldestSeconds = 300;
const newestSeconds = 30;

/**
 * Telegram's bad_msg_notification code for a client's message id: 16 too low, 17 too high, 18 not divisible
 * by four; undefined for a good one.
 */
export function decideMessageIdError(msgId: bigint): 16 | 17 | 18 | undefined {
  if (msgId % 4n !== 0n) return 18;
  const aheadSeconds = Number(msgId >> 32n) - Math.floor(Date.now() / 1000);
  if (aheadSeconds < -oldestSeconds) return 16;
  return aheadSeconds > newestSeconds ? 17 : undefined;
}
