import { type Client, errors } from './library.ts';

/**
 * Where `telegram` and its fork `teleproto` differ in what they do, apart from `keepsErrorTexts`. All else in this room
 * is the same for both.
 */

/**
 * True when the client stands. Where it does not, `telegram` answers false and `teleproto` throws whatever was in the
 * way. What Telegram itself answered is thrown by both.
 */
export async function connectOnce(client: Client): Promise<boolean> {
  try {
    return await client.connect();
  } catch (thrown) {
    if (thrown instanceof errors.RPCError) throw thrown;
    return false;
  }
}

/**
 * Ends the client and every connection it has opened. `destroy` of `telegram` looks for its senders to other data centres
 * with `Object.values` of a Map, and so finds none; `teleproto` keeps no such map and closes them itself.
 */
export async function closeClient(client: Client): Promise<void> {
  const exported: Client['_exportedSenderPromises'] | undefined = client._exportedSenderPromises;
  const senders = [...(exported?.values() ?? [])];
  await client.destroy();
  for (const sender of senders) await sender.then((open) => open.disconnect()).catch(() => {});
}
