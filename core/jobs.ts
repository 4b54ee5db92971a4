import { z } from 'zod';

/** Job names and payloads. A job is a wake-up that carries ids only; the rows say what is to be done. */
export const jobSchemas = {
  /** One account's next invite. */
  'send-invite': z.object({ workspaceId: z.string(), accountId: z.string() }),
  /** The next pages of one parse task. */
  'parse-pages': z.object({ workspaceId: z.string(), accountId: z.string(), taskId: z.string() }),
  /** Resolves a reference and reads the facts and rights of a community with one account. */
  'check-community': z.object({ workspaceId: z.string(), accountId: z.string(), communityId: z.string() }),
  /** Asks Telegram for communities in the name of one account. */
  'search-communities': z.object({ workspaceId: z.string(), accountId: z.string(), searchId: z.string() }),
  'build-audience': z.object({ workspaceId: z.string(), audienceId: z.string() }),
  /** Reads a file of people through: checks it, imports it or takes its import back, as its row says. */
  'read-file': z.object({ workspaceId: z.string(), fileId: z.string() }),
  'write-export': z.object({ workspaceId: z.string(), exportId: z.string() }),
  /** Erases anew whoever came back after their erasure, then forgets collected people whom nothing uses. */
  'expire-people': z.object({ workspaceId: z.string() }),
  /** Connects an account for the person who looks at its page. */
  'sign-in': z.object({ workspaceId: z.string(), signInId: z.string() }),
  /** Settles attempts of one account whose outcome is unknown. */
  'reconcile-attempts': z.object({ workspaceId: z.string(), accountId: z.string() }),
  /** Looks whether people whom one account brought in a day ago are still there. */
  'review-joins': z.object({ workspaceId: z.string(), accountId: z.string() }),
  /** Asks Telegram about a frozen account. */
  'read-freeze': z.object({ workspaceId: z.string(), accountId: z.string() }),
  /** Reads an account's profile and the list of its sessions, after ending those that a person wants ended. */
  'refresh-account': z.object({ workspaceId: z.string(), accountId: z.string() }),
  /** Ends an account's session at Telegram. */
  'log-out-account': z.object({ workspaceId: z.string(), accountId: z.string() }),
} as const;

export type JobName = keyof typeof jobSchemas;
export type JobPayload<N extends JobName> = z.infer<(typeof jobSchemas)[N]>;
export type Job = { [N in JobName]: { name: N; payload: JobPayload<N> } }[JobName];

/**
 * How a processor ends. `again` names a business moment; `retry` wants something that is missing right now (a
 * connection) and waits in real time with backoff. A throw is a bug: it is logged and retried with backoff.
 */
export type JobOutcome =
  | { kind: 'done' }
  | { kind: 'again'; at: Date; because: string }
  | { kind: 'retry'; because: string }
  | { kind: 'drop'; because: string };
