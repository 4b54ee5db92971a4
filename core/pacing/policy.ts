import { z } from 'zod';

const atMost = (ceiling: number) => z.int().min(0).max(ceiling).default(ceiling);
const atLeast = (floor: number) => z.int().min(floor).default(floor);
const between = (floor: number, ceiling: number) => z.int().min(floor).max(ceiling).default(ceiling);

/**
 * The numbers that pace every account. Each default is also the ceiling: a workspace may ask for less, never for more,
 * and a policy that asks for more does not parse. All windows roll; a call counts whatever Telegram answered.
 */
export const limitPolicySchema = z
  .strictObject({
    invitesPerAccountHour: atMost(2),
    invitesPerAccountDay: atMost(30),
    invitesPerAccountCommunityDay: atMost(15),
    invitesPerAccountCommunityLifetime: atMost(200),
    invitesPerCommunityDay: atMost(200),
    /** The random pause between two invites of one account. */
    pauseMinSeconds: atLeast(600),
    pauseMaxSeconds: atLeast(900),
    /** So many invites with pauses below `burstPauseSeconds`, then a pause of at least that. */
    burstLength: between(1, 3),
    burstPauseSeconds: atLeast(900),
    messagesPerAccountDay: atMost(40),
    lookupsPerAccountHour: atMost(5),
    lookupsPerAccountDay: atMost(40),
    /** Invites a day of a newly connected account: the first day, and so many more on each full day after it. */
    rampFirstDay: atMost(5),
    rampDailyGain: atMost(5),
    /** Added to every wait that Telegram asks for. */
    floodMarginSeconds: atLeast(60),
    peerFloodBlockSeconds: atLeast(86_400),
    /** A second PEER_FLOOD within `peerFloodMemorySeconds` blocks for this long. */
    peerFloodRepeatBlockSeconds: atLeast(604_800),
    peerFloodMemorySeconds: atLeast(2_592_000),
    /** So many accounts with PEER_FLOOD on one community within the window open its breaker. */
    breakerPeerFloodAccounts: between(1, 2),
    breakerPeerFloodWindowSeconds: atLeast(86_400),
    /** How many of a campaign's last invites the two shares below are taken of. */
    breakerSampleSize: between(10, 50),
    /** More than this share of people who were removed, left or blocked us within a day. */
    breakerDeparturesPercent: atMost(5),
    /** More than this share of people whose privacy refused the invite. */
    breakerPrivacyPercent: atMost(60),
    /** So many errors in a row that nobody knows. */
    breakerUnknownErrors: between(1, 10),
  })
  .refine((policy) => policy.pauseMinSeconds <= policy.pauseMaxSeconds, {
    path: ['pauseMaxSeconds'],
    message: 'must not be below pauseMinSeconds',
  });

export type LimitPolicy = z.infer<typeof limitPolicySchema>;
export type PolicyField = keyof LimitPolicy;

export const defaultPolicy: LimitPolicy = limitPolicySchema.parse({});

/** The policy of an account on probation after PEER_FLOOD: half of every count of invites, at least one. */
export const halved = (policy: LimitPolicy): LimitPolicy => ({
  ...policy,
  invitesPerAccountHour: half(policy.invitesPerAccountHour),
  invitesPerAccountDay: half(policy.invitesPerAccountDay),
  invitesPerAccountCommunityDay: half(policy.invitesPerAccountCommunityDay),
});

const half = (count: number): number => Math.min(count, Math.max(1, Math.floor(count / 2)));
