import { Hono } from 'hono';
import { z } from 'zod';
import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import { notFound } from '../control-error.ts';
import type { ControlDeps } from '../deps.ts';
import { describeState } from '../describe-state.ts';
import { getBot } from '../peers.ts';
import { check } from '../read-body.ts';

const since = z.coerce.number().int().min(0).default(0);

/** What there is and what has happened. Changes nothing. */
export function observeRoutes(deps: ControlDeps) {
  const { telegram, botApi } = deps;
  return new Hono()
    .get('/state', (context) => context.json(describeState(deps)))

    .get('/ledger', check('query', z.object({ since })), (context) => {
      const lines = linesAfter(telegram.ledger.lines(), context.req.valid('query').since);
      return context.body(lines.map((line) => `${line}\n`).join(''), 200, {
        'content-type': 'application/x-ndjson; charset=utf-8',
      });
    })

    .get('/transcript', check('query', z.object({ since, bot: z.string().optional() })), (context) => {
      const { since: after, bot } = context.req.valid('query');
      const botId = bot === undefined ? undefined : getBot(telegram.world, bot).id;
      return context.json({ entries: botApi.transcript.list({ since: after, bot: botId }) });
    })

    .get('/codes/:phone', (context) => {
      const phone = context.req.param('phone');
      const code = telegram.world.loginCode(phone);
      if (code === undefined) throw notFound('code', `for ${phone}: none was sent, or it is over`);
      return context.json({ code });
    })

    .get('/files/:id', (context) => {
      const file = botApi.files.find(context.req.param('id'));
      if (!file) throw notFound('file', context.req.param('id'));
      return context.body(new Uint8Array(file.bytes), 200, {
        'content-type': file.mimeType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      });
    });
}

/** Everything behind the RPC of that number; all of it for 0. */
function linesAfter(lines: readonly string[], seq: number): readonly string[] {
  if (seq === 0) return lines;
  const index = lines.findLastIndex((line) => {
    const entry = JSON.parse(line) as RpcLine | ConnectionLine;
    return entry.kind === 'rpc' && entry.seq <= seq;
  });
  return lines.slice(index + 1);
}
