/** One message as a session carries it. */
export type Message = { msgId: bigint; seqNo: number; body: Buffer };
