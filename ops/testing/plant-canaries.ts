import { randomBytes, randomInt } from 'node:crypto';
import { sign } from '@tma.js/init-data-node';
import { DAY_MS, later } from '#core/duration.ts';
import { createApiToken } from '#db/commands/create-api-token.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import { createInvitation } from '#db/commands/create-invitation.ts';
import { createWebhook } from '#db/commands/create-webhook.ts';
import type { CommandContext } from '#db/context.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import type { Stage } from '../cli/demo/stage.ts';
import { waitUntil } from '../cli/wait-until.ts';

/** Secrets by name: which kind, and which one of it. */
export type Canaries = Map<string, string>;

const SIGN_INS = 18;
const TOKENS = 40;
const INVITATIONS = 40;
const PAGES = 18;
const PHONES = 8;
const WEBHOOKS = 20;

/** Has the running installation meet secrets of every kind that people and programs bring it, each used as they would. */
export async function plantCanaries(stage: Stage, context: () => CommandContext): Promise<Canaries> {
  const canaries: Canaries = new Map();
  const add = (kind: string, values: readonly string[]) => {
    for (const [index, value] of values.entries()) canaries.set(`${kind} ${index + 1}`, value);
  };
  const launches = repeat(SIGN_INS, () => signLaunch(stage));
  add(
    'hash of a launch',
    launches.map((launch) => new URLSearchParams(launch).get('hash') ?? ''),
  );
  add('session of a person', await inTurn(launches, (launch) => signIn(stage, launch)));
  const tokens = await inTurn(repeat(TOKENS, String), async (name) => {
    const wish = {
      name,
      role: 'viewer',
      createdAt: new Date(),
      expiresAt: later(new Date(), DAY_MS),
    } as const;
    return (await createApiToken(context(), wish)).token;
  });
  add('API token', tokens);
  await inTurn(tokens, (token) =>
    ask(stage, '/api/v1/me', { headers: { authorization: `Bearer ${token}` } }),
  );

  const invitations = await inTurn(repeat(INVITATIONS, String), async () => {
    const wish = { role: 'viewer', expiresAt: later(context().now, DAY_MS) } as const;
    return (await createInvitation(context(), wish)).token;
  });
  add('invitation', invitations);
  const seal = createWebhookSeal(stage.workerConfig.suppressionKey);
  const webhooks = await inTurn(repeat(WEBHOOKS, String), () =>
    createWebhook(context(), { url: 'https://hooks.invalid/usher', seal }),
  );
  add(
    'secret of a webhook',
    webhooks.map(({ secret }) => secret),
  );

  const links = await inTurn(repeat(PAGES, String), async () =>
    (await createConnectLink(context())).token.reveal(),
  );
  add('token of a link', links);
  const cookies = await inTurn(links, (token) => openPage(stage, token));
  add(
    'ticket of a page',
    cookies.map((cookie) => cookie.split('=')[1] ?? ''),
  );
  const typed = await Promise.all(cookies.slice(0, PHONES).map((cookie) => connect(stage, cookie)));
  for (const kind of ['phone', 'wrong code', 'wrong password', 'password'] as const)
    add(
      kind,
      typed.map((person) => person[kind]),
    );
  await waitUntil(() =>
    haveBeenTried(
      stage,
      webhooks.map(({ webhookId }) => webhookId),
    ),
  );
  return canaries;
}

const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

async function ask({ miniappUrl }: Stage, path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`${miniappUrl}${path}`, init);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

export const signLaunch = ({ cast }: Stage): string =>
  sign(
    {
      query_id: `q${randomInt(1e9)}`,
      user: { id: Number(cast.owner.id), first_name: cast.owner.firstName },
    },
    cast.bot.token,
    new Date(),
  );

export async function signIn(stage: Stage, launch: string): Promise<string> {
  const headers = { authorization: `tma ${launch}`, 'content-type': 'application/json' };
  const answer = await ask(stage, '/api/v1/sign-in', { method: 'POST', headers, body: '{}' });
  return ((await answer.json()) as { token: string }).token;
}

const post = (stage: Stage, cookie: string, path: string, body: object): Promise<Response> =>
  ask(stage, `/connect/api/${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function openPage(stage: Stage, token: string): Promise<string> {
  const opened = await post(stage, '', 'open', { token });
  return opened.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** Connects a new account on an open page: what is wrong first is put right, so every answer is read by a worker. */
async function connect(stage: Stage, cookie: string) {
  const phone = `99966${randomInt(1, 6)}${randomInt(1e6, 1e7)}`;
  const secret = () => randomBytes(12).toString('hex');
  const person = { phone, 'wrong code': secret(), 'wrong password': secret(), password: secret() };
  await stage.control.seed({ users: [{ firstName: 'Iris', phone, password: { value: person.password } }] });
  const started = await post(stage, cookie, 'sign-ins', { method: 'phone' });
  const { signInId } = (await started.json()) as { signInId: string };
  let seen = -1;
  const reaches = (wanted: string) =>
    waitUntil(async () => {
      const [row] = await stage.migrator.sql<{ status: string; sequence: number; problem: string | null }[]>`
        select status, sequence, problem from sign_in where id = ${signInId}`;
      if (row && ['refused', 'cancelled', 'expired', 'lost'].includes(row.status))
        throw new Error(`the sign-in is ${row.status}: ${row.problem}`);
      return row?.status === wanted && row.sequence > seen ? row.sequence : undefined;
    });
  const answer = async (question: string, given: string) => {
    seen = await reaches(question);
    await post(stage, cookie, 'answer', { signInId, sequence: seen, question, answer: given });
  };
  await answer('phone', phone);
  await answer('code', person['wrong code']);
  await answer('code', await stage.control.code(phone));
  await answer('password', person['wrong password']);
  await answer('password', person.password);
  await reaches('done');
  return person;
}

/** Every webhook has had a delivery, which ends nowhere: its secret has been opened, and a failure was written down. */
async function haveBeenTried({ migrator }: Stage, webhookIds: readonly string[]): Promise<true | undefined> {
  const [row] = await migrator.sql<{ n: number }[]>`
    select count(distinct webhook_id)::int as n from webhook_delivery where tries > 0`;
  return (row?.n ?? 0) >= webhookIds.length || undefined;
}
