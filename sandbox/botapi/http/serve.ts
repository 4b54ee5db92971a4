import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '#sandbox/world/create-world.ts';
import { BotApiError } from '../bot-api-error.ts';
import type { BotFaultAction } from '../bot-faults.ts';
import type { BotApi } from '../create-bot-api.ts';
import type { BotUser } from '../method.ts';
import { readParameters } from './read-parameters.ts';

export type BotHttpServer = {
  listen(port: number): Promise<{ url: string }>;
  /** Ends every connection, waiting polls included. */
  close(): Promise<void>;
};

type Deps = { world: World; api: BotApi };

const FILE_PATH = /^\/file\/bot([^/]+)\/(.+)$/;
const METHOD_PATH = /^\/bot([^/]+)\/(?:test\/)?([^/]+)$/;

/** `/bot<token>/<method>` and `/file/bot<token>/<path>` (core.telegram.org/bots/api#making-requests). */
export function createBotHttpServer({ world, api }: Deps): BotHttpServer {
  const server = createServer((request, response) => {
    void serve(request, response).catch((error) => sendError(response, error));
  });

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = decodeURIComponent(url.pathname);
    const file = FILE_PATH.exec(path);
    if (file) return serveFile(getBot(file[1]), file[2] ?? '', response);
    const call = METHOD_PATH.exec(path);
    if (!call) throw new BotApiError(404, 'Not Found');
    await serveMethod(getBot(call[1]), call[2] ?? '', url.searchParams, request, response);
  }

  function getBot(token: string | undefined): BotUser {
    const bot = world.findBotByToken(token ?? '');
    if (!bot?.bot) throw new BotApiError(401, 'Unauthorized');
    return { ...bot, bot: bot.bot };
  }

  function serveFile(_bot: BotUser, path: string, response: ServerResponse): void {
    const file = api.files.findByPath(path);
    if (!file) throw new BotApiError(404, 'Not Found');
    response.writeHead(200, { 'content-type': file.mimeType, 'content-length': file.bytes.length });
    response.end(file.bytes);
  }

  async function serveMethod(
    bot: BotUser,
    method: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const startedMs = performance.now();
    const { values, uploads } = await readParameters(request, query);
    const gone = new AbortController();
    response.on('close', () => gone.abort());

    const chat = values.chat_id === undefined ? undefined : String(values.chat_id);
    const fault = api.faults.decide(method, chat);
    const finish = (outcome: { result: unknown } | { error: BotApiError }) => {
      record({ bot, method, values, outcome, fault, durationMs: performance.now() - startedMs });
      answer(response, outcome, fault);
    };
    try {
      await strike(fault);
      finish({ result: await api.call({ bot, method, values, uploads, signal: gone.signal }) });
    } catch (error) {
      if (!(error instanceof BotApiError)) throw error;
      finish({ error });
    }
  }

  type Recorded = {
    bot: BotUser;
    method: string;
    values: Record<string, unknown>;
    outcome: { result: unknown } | { error: BotApiError };
    fault: BotFaultAction | undefined;
    durationMs: number;
  };

  function record({ bot, method, values, outcome, fault, durationMs }: Recorded): void {
    const isIdlePoll =
      method.toLowerCase() === 'getupdates' &&
      'result' in outcome &&
      Array.isArray(outcome.result) &&
      outcome.result.length === 0;
    if (isIdlePoll) return;
    api.transcript.record({
      kind: 'call',
      bot: bot.id,
      method,
      parameters: withoutSecrets(values),
      ...('result' in outcome
        ? { result: outcome.result }
        : { error: { code: outcome.error.code, description: outcome.error.message } }),
      ...(fault && { fault: fault.kind }),
      durationMs: Math.round(durationMs),
    });
  }
}

function withoutSecrets({ secret_token, ...values }: Record<string, unknown>): Record<string, unknown> {
  return secret_token === undefined ? values : { ...values, secret_token: '(hidden)' };
}

/** What a fault does before the method would run; one that replaces the answer throws it. */
async function strike(fault: BotFaultAction | undefined): Promise<void> {
  if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { ref: false });
  if (fault?.kind === 'dropBefore') throw new BotApiError(0, 'connection dropped');
  if (fault?.kind === 'error') {
    const { retryAfterSeconds } = fault;
    const parameters = retryAfterSeconds === undefined ? undefined : { retry_after: retryAfterSeconds };
    throw new BotApiError(fault.code, fault.description, parameters);
  }
}

function answer(
  response: ServerResponse,
  outcome: { result: unknown } | { error: BotApiError },
  fault: BotFaultAction | undefined,
): void {
  if (fault?.kind === 'noReply') return;
  if (fault?.kind === 'dropBefore' || fault?.kind === 'dropAfterEffect') {
    response.socket?.destroy();
  } else if ('error' in outcome) {
    sendError(response, outcome.error);
  } else {
    sendJson(response, 200, { ok: true, result: outcome.result });
  }
}

/** An error nobody foresaw is answered as 500, as at Telegram; its own text helps whoever runs the sandbox. */
function sendError(response: ServerResponse, error: unknown): void {
  if (error instanceof BotApiError) {
    sendJson(response, error.code, {
      ok: false,
      error_code: error.code,
      description: error.message,
      parameters: error.parameters,
    });
  } else {
    const reason = error instanceof Error ? error.message : String(error);
    sendJson(response, 500, { ok: false, error_code: 500, description: `Internal Server Error: ${reason}` });
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
