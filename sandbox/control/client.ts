import type { TranscriptEntry } from '#sandbox/botapi/transcript.ts';
import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import type { Cast } from '#sandbox/scenarios/load-scenario.ts';
import type { ButtonAnswer } from '#sandbox/world/create-world.ts';
import type {
  ClockChange,
  CustomMethod,
  LaunchRequest,
  LimitsChange,
  NewFault,
  Press,
  SeedRequest,
  WrittenMessage,
} from './contract.ts';
import type { Conversation } from './conversation.ts';
import type { SandboxState } from './describe-state.ts';

/** Control refused: its status, its code and its sentence. */
export class ControlRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(`${code}: ${message}`);
    this.name = 'ControlRefusal';
    this.status = status;
    this.code = code;
  }
}

export type ControlClient = ReturnType<typeof createControlClient>;

/** Talks to a sandbox's control. Every call throws ControlRefusal when control says no. */
export function createControlClient(url: string) {
  const send = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    const text = await response.text();
    const { code, message } = readError(text);
    throw new ControlRefusal(response.status, code, message);
  };
  const get = async <T>(path: string) => (await (await send('GET', path)).json()) as T;
  const post = async <T>(path: string, body: object = {}) =>
    (await (await send('POST', path, body)).json()) as T;
  const ofUser = (user: string) => `/users/${encodeURIComponent(user)}`;

  return {
    state: () => get<SandboxState>('/state'),
    /** Ledger lines behind RPC number `since`; all without it. */
    async ledger({ since = 0 }: { since?: number } = {}): Promise<(RpcLine | ConnectionLine)[]> {
      const text = await (await send('GET', `/ledger?since=${since}`)).text();
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line));
    },
    async transcript({ since = 0, bot }: { since?: number; bot?: string } = {}): Promise<TranscriptEntry[]> {
      const query = new URLSearchParams({ since: String(since), ...(bot !== undefined && { bot }) });
      return (await get<{ entries: TranscriptEntry[] }>(`/transcript?${query}`)).entries;
    },
    clock: () => get<SandboxState['clock']>('/clock'),
    changeClock: (change: ClockChange) => post<SandboxState['clock']>('/clock', change),
    faults: () => get<{ mtproto: object[]; bot: object[] }>('/faults'),
    addFault: async (fault: NewFault) => (await post<{ id: string }>('/faults', fault)).id,
    removeFault: async (id: string) => void (await send('DELETE', `/faults/${id}`)),
    clearFaults: async () => void (await send('DELETE', '/faults')),
    limits: () => get<Required<LimitsChange>>('/limits'),
    changeLimits: (change: LimitsChange) => post<Required<LimitsChange>>('/limits', change),
    reset: async () => (await post<{ cast: Cast }>('/reset')).cast,
    seed: (request: SeedRequest) => post<{ cast: Cast; users: string[]; chats: string[] }>('/seed', request),
    /** The login code last sent to a phone, while it is valid. */
    code: async (phone: string) => (await get<{ code: string }>(`/codes/${phone}`)).code,
    /** The user writes to the bot. */
    write: (user: string, message: WrittenMessage) =>
      post<{ messageId: number }>(`${ofUser(user)}/messages`, message),
    /** The user presses an inline button and is shown the bot's answer. */
    press: (user: string, button: Press) =>
      post<{ answered: boolean } & ButtonAnswer>(`${ofUser(user)}/press`, button),
    conversation: (user: string, bot: string) =>
      get<Conversation>(`${ofUser(user)}/chats/${encodeURIComponent(bot)}`),
    /** The user scans a QR code; answers the session let in. */
    acceptLogin: (user: string, token: string) =>
      post<{ session: string }>(`${ofUser(user)}/accept-login`, { token }),
    allowWriting: (user: string, bot: string) =>
      post<{ messageId: number }>(`${ofUser(user)}/write-access`, { bot }),
    block: async (user: string, bot: string, blocked = true) =>
      void (await send('POST', `${ofUser(user)}/block`, { bot, blocked })),
    /** The user joins by @username or invite link, or asks to. */
    join: (user: string, chat: string) =>
      post<{ outcome: 'joined' | 'requested' }>(`${ofUser(user)}/join`, { chat }),
    customMethod: async (user: string, call: CustomMethod) =>
      (await post<{ result: unknown }>(`${ofUser(user)}/custom-methods`, call)).result,
    /** A Mini App's address with freshly signed launch data. */
    launch: (request: LaunchRequest) =>
      post<{ url: string; initData: string; themeParams: Record<string, string> }>('/launch', request),
  };
}

function readError(text: string): { code: string; message: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: string; message?: string } };
    return { code: error?.code ?? 'control.failed', message: error?.message ?? text };
  } catch {
    return { code: 'control.failed', message: text };
  }
}
