export const sessionKey = { id: 'test', key: Buffer.alloc(32, 7) };
export const suppressionKey = Buffer.alloc(32, 9);
