import { setTimeout as wait } from 'node:timers/promises';
import type { FaultRuleInput } from '#sandbox/faults/rule.ts';
import type { Random } from '#sandbox/world/random.ts';
import { drawByWeight, type FaultContext } from './fault.ts';

type Action = FaultRuleInput['action'];
type WireFault = { kind: string; weight: number; methods: readonly string[]; draw(random: Random): Action };

const INVITE = ['channels.inviteToChannel'];
const ANY = ['channels.inviteToChannel', 'channels.getParticipant', 'contacts.resolveUsername'];
const DAY_SECONDS = 86_400;

const error = (text: string, weight: number, methods: readonly string[] = INVITE): WireFault => ({
  kind: text,
  weight,
  methods,
  draw: () => ({ kind: 'rpcError', text }),
});

const always = (kind: Action['kind'], words: string, weight: number, methods: readonly string[] = ANY) => ({
  kind: words,
  weight,
  methods,
  draw: () => ({ kind }) as Action,
});

const FAULTS: readonly WireFault[] = [
  always('noReply', 'lost reply', 1),
  always('dropAfterEffect', 'connection dropped after the effect', 2),
  always('dropBefore', 'connection dropped before the effect', 2),
  always('duplicateReply', 'duplicate reply', 2),
  always('truncate', 'truncated reply', 1),
  always('badSalt', 'bad salt', 1),
  always('gzip', 'packed reply', 1),
  {
    kind: 'FLOOD_WAIT',
    weight: 6,
    methods: ANY,
    draw: (random) => ({ kind: 'rpcError', text: `FLOOD_WAIT_${random.int(1, DAY_SECONDS)}` }),
  },
  {
    kind: 'slow reply',
    weight: 3,
    methods: ANY,
    draw: (random) => ({ kind: 'delay', ms: random.int(50, 3_000) }),
  },
  error('PEER_FLOOD', 0.5),
  error('USER_PRIVACY_RESTRICTED', 2),
  error('USER_NOT_MUTUAL_CONTACT', 1),
  error('USER_CHANNELS_TOO_MUCH', 1),
  error('USER_KICKED', 1),
  error('INPUT_USER_DEACTIVATED', 1),
  error('USER_ID_INVALID', 1),
  error('PEER_ID_INVALID', 1),
  error('RPC_CALL_FAIL', 1, ANY),
  error('RPC_NOBODY_KNOWS_THIS', 1, ANY),
  error('INTERNAL', 1, ANY),
  error('CHAT_ADMIN_REQUIRED', 0.3),
  error('SESSION_REVOKED', 0.2, ANY),
  error('USER_DEACTIVATED', 0.1, ANY),
];

const MOST_CALLS_PASSED = 20;

/** Breaks what goes over the wire until it is over; answers how often each kind struck, and leaves the wire whole. */
export async function breakWire({ stage, random, tally, isOver }: FaultContext): Promise<void> {
  const { control } = stage;
  const kinds = new Map<number, string>();
  while (!isOver()) {
    await wait(random.int(100, 700));
    const { kind, methods, draw } = drawByWeight(FAULTS, random);
    const match = { method: random.pick(methods), afterN: random.int(0, MOST_CALLS_PASSED), times: 1 };
    const id = await control.addFault({ match, action: draw(random) });
    kinds.set(Number(id), kind);
  }
  const { mtproto } = (await control.faults()) as { mtproto: { id: number; struck: number }[] };
  for (const { id, struck } of mtproto) {
    const kind = kinds.get(id);
    if (kind) tally.add(kind, struck);
  }
  await control.clearFaults();
}
