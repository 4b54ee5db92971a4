import type { Conversation } from '#sandbox/control/conversation.ts';

type Answer = { answered: boolean; text?: string; alert?: boolean; url?: string };

/** The control calls this page makes for one person and one bot. */
export function createControlApi(user: string, bot: string) {
  const own = `/users/${encodeURIComponent(user)}`;
  const post = async <T>(path: string, body: object): Promise<T> => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error?.message ?? response.statusText);
    return answer;
  };
  return {
    /** Hands over the conversation now and after every change; a lost connection is made again. */
    follow(onChange: (conversation: Conversation) => void, onLost: () => void): void {
      const source = new EventSource(`${own}/chats/${encodeURIComponent(bot)}/live`);
      source.addEventListener('conversation', (event) => onChange(JSON.parse(event.data)));
      source.onerror = onLost;
    },
    write: (text: string) => post(`${own}/messages`, { bot, text }),
    async sendFile(file: File): Promise<void> {
      const base64 = btoa(
        Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''),
      );
      const mimeType = file.type || 'application/octet-stream';
      await post(`${own}/messages`, { bot, document: { name: file.name, mimeType, base64 } });
    },
    press: (messageId: number, button: string) => post<Answer>(`${own}/press`, { bot, messageId, button }),
    launch: (request: { url?: string; startParam?: string; theme: string }) =>
      post<{ url: string }>('/launch', { user, bot, ...request }),
    allowWriting: () => post(`${own}/write-access`, { bot }),
    customMethod: async (method: string, params: object) =>
      (await post<{ result: unknown }>(`${own}/custom-methods`, { bot, method, params })).result,
    async clock(): Promise<{ now: string; scale: number }> {
      return (await fetch('/clock')).json();
    },
  };
}

export type ControlApi = ReturnType<typeof createControlApi>;
