import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { CONNECT_PAGE_MS } from '#core/account/sign-in.ts';
import { Refused } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { appendAudit, runCommand } from '../command.ts';
import { findConnectPage, hashOf, pageKeysOf } from '../connect-pages.ts';
import type { CommandContext } from '../context.ts';
import { connectLink } from '../schema/sign-ins.ts';
import { inRealTime } from '../sign-ins.ts';

/**
 * Exchanges a link for the ticket of its page, once. Whoever holds that ticket already, as another tab of the same
 * browser does, keeps it. Refuses `connect.link_used` and `connect.link_expired`.
 */
export const openConnectLink = async (
  { db, now }: Pick<CommandContext, 'db' | 'now'>,
  { token, ticket }: { token: Secret; ticket: Secret | undefined },
): Promise<{ ticket: Secret }> => {
  const page = await findConnectPage(db, { tokenHash: hashOf(token) });
  if (!page) throw new Refused('connect.link_expired');
  const held = ticket && (await findConnectPage(db, { ticketHash: hashOf(ticket) }));
  if (ticket && held?.linkId === page.linkId) return { ticket };
  const { workspaceId, operatorId, role } = page;
  const ctx: CommandContext = { db, now, workspaceId, actor: { kind: 'operator', operatorId, role } };
  return runCommand(ctx, 'admin', async (tx) => {
    const fresh = new Secret(randomBytes(32).toString('base64url'));
    const opened = await tx
      .update(connectLink)
      .set({
        usedAt: inRealTime(0),
        expiresAt: inRealTime(CONNECT_PAGE_MS),
        ticketHash: hashOf(fresh),
        pageKey: pageKeysOf(fresh).publicKey,
      })
      .where(and(eq(connectLink.id, page.linkId), isNull(connectLink.usedAt)))
      .returning({ id: connectLink.id });
    if (opened.length === 0) throw new Refused('connect.link_used');
    await appendAudit(tx, ctx, { action: 'connect_link.opened', entityId: page.linkId });
    return { ticket: fresh };
  });
};
