import { Secret } from '#core/secret.ts';
import { MTPROTO_LIBRARIES, type MtprotoLibrary } from '#core/telegram/mtproto-library.ts';
import { createControlClient } from '#sandbox/control/client.ts';
import { signInByPhone, type TelegramConfig } from '#workers/main.ts';
import type { Bench } from './bench.ts';
import { type Crowd, startCrowd } from './crowd-process.ts';
import { type LibraryProcess, type Memory, startLibrary } from './library-process.ts';

const MEMBERS = 10_000;
/** For each library. */
const ACCOUNTS = 100;
const DROPS = 50;
const SIGN_INS_AT_ONCE = 8;

/**
 * People a second by our adapter from a group of 10,000: ours over `teleproto`, the reference over `telegram`. Before
 * that each connects 100 accounts in a process of its own, loses 50 connections at once, and is watched for `minutes`.
 * All sessions are made with `telegram`.
 */
export async function openMtprotoLibraries(minutes: number): Promise<Bench> {
  const crowd = await startCrowd({
    members: MEMBERS,
    accounts: ACCOUNTS * MTPROTO_LIBRARIES.length,
    scale: 1,
  });
  const closers: (() => Promise<unknown>)[] = [crowd.stop];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const sessions = await signInAll(crowd);
    const start = (library: MtprotoLibrary, first: number) => {
      const { apiHash, ...telegram } = configOf(crowd, library);
      const own = sessions.slice(first, first + ACCOUNTS);
      const started = startLibrary({ telegram, sessions: own, crowd: crowd.cast.crowd.username ?? '' });
      closers.push(started.stop);
      return started;
    };
    const libraries = { telegram: start('telegram', 0), teleproto: start('teleproto', ACCOUNTS) };
    const remarks: string[] = [];
    for (const name of MTPROTO_LIBRARIES)
      remarks.push(...(await describeStart(crowd, name, libraries[name])));
    const held = await Promise.all(
      MTPROTO_LIBRARIES.map(async (name) => {
        const { pages, after } = await libraries[name].hold(minutes * 60_000);
        return `${name}: after ${minutes} min and ${pages} pages ${describeMemory(after)}`;
      }),
    );
    remarks.push(...held);
    return {
      unit: 'people/s',
      goal: 0.8,
      ours: libraries.teleproto.parse,
      reference: libraries.telegram.parse,
      remarks: () => remarks,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function describeStart(crowd: Crowd, name: MtprotoLibrary, library: LibraryProcess): Promise<string[]> {
  const connected = await library.connect();
  const control = createControlClient(crowd.sandbox.control.url);
  await control.addFault({
    match: { method: 'contacts.resolveUsername', times: DROPS },
    action: { kind: 'dropBefore' },
  });
  const { lost, back, ms } = await library.reconnect(DROPS);
  await control.clearFaults();
  const { sessions } = await control.state();
  const most = Math.max(...sessions.map(({ connections }) => connections));
  return [
    `${name}: one account ${describeMemory(connected.before)}; the others connected in ${connected.ms} ms, ` +
      describeMemory(connected.after),
    `${name}: ${lost} of ${DROPS} connections dropped, ${back} back in ${ms} ms, at most ${most} a session`,
  ];
}

const describeMemory = ({ residentMb, heapMb }: Memory) => `${residentMb} MB (${heapMb} of them heap)`;

const configOf = ({ sandbox }: Crowd, library: MtprotoLibrary): TelegramConfig => ({
  library,
  apiId: 1,
  apiHash: new Secret('offline'),
  offline: {
    dcMap: Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`])),
    trustedKey: sandbox.rsaPublicKey,
  },
});

/** The session strings of all accounts of the crowd. */
async function signInAll(crowd: Crowd): Promise<string[]> {
  const config = configOf(crowd, 'telegram');
  const waiting = [...crowd.cast.accounts.entries()];
  const sessions: string[] = [];
  const signIn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, { phone, code }] = next;
      const { session } = await signInByPhone(config, {
        phone: new Secret(phone),
        askCode: async () => new Secret(code),
        askPassword: async () => new Secret(''),
      });
      sessions[index] = session.reveal();
    }
  };
  await Promise.all(Array.from({ length: SIGN_INS_AT_ONCE }, signIn));
  return sessions;
}
