import { sql } from 'drizzle-orm';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { recoversByItself } from './accounts.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { policyInForce } from './policies.ts';

/**
 * The accounts that invite for a campaign now or will: they work or recover by themselves, and may invite into its
 * community or are about to read whether they may. `campaign` is a column or a value.
 */
export const invitersOf = (campaign: ReturnType<typeof sql>) => sql`
  select ca.account_id
  from campaign_account ca
  join campaign c on c.id = ca.campaign_id
  join account a on a.id = ca.account_id and ${recoversByItself}
  left join community_access x on x.account_id = ca.account_id and x.community_id = c.community_id
  where ca.campaign_id = ${campaign} and (x.may_invite or x.check_at is not null or (x.checked_at is null and x.refusal is null))`;

/** Those of them that have not made all the invites an account may ever make into the campaign's community. */
export const lastingInvitersOf = (campaign: ReturnType<typeof sql>, policy: LimitPolicy) => sql`
  ${invitersOf(campaign)} and (
    select count(*) from (
      select from attempt made where made.account_id = ca.account_id and made.community_id = c.community_id
      limit ${policy.invitesPerAccountCommunityLifetime}) as made
  ) < ${policy.invitesPerAccountCommunityLifetime}`;

/** The person `p` goes by something that may still lead to them. */
export const canBeLookedUp = sql`(p.username is not null or p.phone is not null and not p.phone_leads_nowhere)`;

/**
 * Ends the open targets of a campaign that none of its inviters can address: no reference, and nothing to look up.
 * With `personId` only that person is looked at. The reason stays visible.
 */
export const endUnreachable = async (
  tx: Tx,
  ctx: CommandContext,
  what: { campaignId: string; personId?: string; reason: string },
): Promise<number> => {
  const policy = await policyInForce(tx, ctx);
  const ended = await tx.execute(sql`
    with inviter as materialized (${lastingInvitersOf(sql`${what.campaignId}::uuid`, policy)})
    update target set status = 'unreachable', reason = ${what.reason}, not_before = null, settled_at = ${at(ctx.now)}
    from person p
    where target.campaign_id = ${what.campaignId} and target.status in ('pending', 'waiting')
      and p.id = target.person_id and not ${canBeLookedUp}
      and (${what.personId ?? null}::uuid is null or p.id = ${what.personId ?? null}::uuid)
      and not exists (
        select from peer_ref r join inviter on inviter.account_id = r.account_id where r.person_id = p.id)
    returning target.id`);
  return ended.length;
};
