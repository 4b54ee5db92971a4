import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Refused } from '#core/refusals.ts';
import type { Role } from '#core/roles.ts';
import { createClaimCode } from '../claim-codes.ts';
import type { CommandContext } from '../context.ts';
import { findOperatorByTelegramId } from '../queries/find-operator.ts';
import { listInvitations } from '../queries/list-invitations.ts';
import { listMembers } from '../queries/list-members.ts';
import { createHome, type Home, noon } from '../testing/factories.ts';
import { stranger } from '../testing/team-scenes.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { addMember } from './add-member.ts';
import { changeRole } from './change-role.ts';
import { chooseWorkspace } from './choose-workspace.ts';
import { claimWithCode } from './claim-with-code.ts';
import { createInvitation } from './create-invitation.ts';
import { removeMember } from './remove-member.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const tomorrow = new Date(noon.getTime() + 86_400_000);
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  );
/** Adds somebody, and acts as them with the role they had when they signed in. */
const admit = async (home: Home, role: Role) => {
  const person = stranger();
  const { operatorId } = await addMember(home.owner, { ...person, role });
  const ctx: CommandContext = { ...home.owner, actor: { kind: 'operator', operatorId, role } };
  return { operatorId, ctx, telegramId: person.telegramId };
};
const rolesIn = async (home: Home) => (await listMembers(home.owner)).map(({ role }) => role);
const invite = (ctx: CommandContext, role: Role = 'viewer') =>
  createInvitation(ctx, { role, expiresAt: tomorrow });
const accept = (token: string, now = noon, person = stranger()) =>
  acceptInvitation(db.app, { token, person, now });

describe('the team', () => {
  test('of two owners who leave at once, one stays', async () => {
    const home = await createHome(db);
    const other = await admit(home, 'owner');
    const leave = (ctx: CommandContext, operatorId: string) => codeOf(removeMember(ctx, { operatorId }));
    const ends = await Promise.all([leave(home.owner, home.operatorId), leave(other.ctx, other.operatorId)]);
    expect(ends.sort()).toEqual(['done', 'team.last_owner']);
    expect(await rolesIn(home)).toEqual(['owner']);
  });

  test('is judged by the role of this moment, not by the one somebody signed in with', async () => {
    const home = await createHome(db);
    const admin = await admit(home, 'admin');
    const viewer = await admit(home, 'viewer');
    await changeRole(home.owner, { operatorId: admin.operatorId, role: 'operator' });
    const wish = { operatorId: viewer.operatorId, role: 'operator' } as const;
    expect(await codeOf(changeRole(admin.ctx, wish))).toBe('forbidden');
    expect(await codeOf(removeMember(admin.ctx, viewer))).toBe('forbidden');
  });

  test('of another workspace does not exist', async () => {
    const [home, other] = [await createHome(db), await createHome(db)];
    const { operatorId } = other;
    expect(await codeOf(changeRole(home.owner, { operatorId, role: 'viewer' }))).toBe('not_found');
    expect(await codeOf(removeMember(home.owner, { operatorId }))).toBe('not_found');
    const { invitationId } = await invite(other.owner);
    expect(await codeOf(withdrawInvitation(home.owner, { invitationId }))).toBe('not_found');
    const stray = { ...home.owner, workspaceId: other.workspaceId };
    expect(await codeOf(chooseWorkspace(stray))).toBe('not_found');
  });

  test('takes nobody in twice, and gives nobody another role by taking them in', async () => {
    const home = await createHome(db);
    const admin = await admit(home, 'admin');
    const owner = { ...stranger(), telegramId: String((await ownerOf(home)).telegramId) };
    expect(await codeOf(addMember(admin.ctx, { ...owner, role: 'viewer' }))).toBe('conflict');
    expect(await rolesIn(home)).toEqual(['owner', 'admin']);
  });
});

describe('an invitation', () => {
  test('brings one person in, with its role, into the workspace they then work in', async () => {
    const [home, first] = [await createHome(db), await createHome(db)];
    const { telegramId, operatorId } = await admit(first, 'viewer');
    const { token } = await invite(home.owner, 'operator');
    await accept(token, noon, { ...stranger(), telegramId });
    const found = await findOperatorByTelegramId(db.app, telegramId);
    expect(found?.operatorId).toBe(operatorId);
    expect(found?.memberships.map(({ workspaceId, role }) => [workspaceId, role])).toEqual([
      [home.workspaceId, 'operator'],
      [first.workspaceId, 'viewer'],
    ]);
    expect(await listInvitations(home.owner, { limit: 9 })).toMatchObject({ items: [], total: 0 });
  });

  test('raced by several people brings in one', async () => {
    const home = await createHome(db);
    const { token } = await invite(home.owner);
    const ends = await Promise.all(Array.from({ length: 4 }, () => codeOf(accept(token))));
    expect(ends.sort()).toEqual(['done', ...Array(3).fill('team.invitation_used')]);
    expect(await rolesIn(home)).toEqual(['owner', 'viewer']);
  });

  test('falls with its end, with its withdrawal, and with the role of who made it', async () => {
    const home = await createHome(db);
    const admin = await admit(home, 'admin');
    const [late, taken, orphaned] = [
      await invite(home.owner),
      await invite(home.owner),
      await invite(admin.ctx),
    ];
    expect(await codeOf(accept(late.token, tomorrow))).toBe('team.invitation_expired');
    await withdrawInvitation(home.owner, taken);
    expect(await codeOf(accept(taken.token))).toBe('team.invitation_withdrawn');
    expect(await codeOf(withdrawInvitation(home.owner, taken))).toBe('conflict');
    await changeRole(home.owner, { operatorId: admin.operatorId, role: 'viewer' });
    expect(await codeOf(accept(orphaned.token))).toBe('team.invitation_withdrawn');
    expect(await codeOf(accept('made-up'))).toBe('team.invitation_unknown');
    expect(await rolesIn(home)).toEqual(['owner', 'viewer']);
  });

  test('is left unused by somebody who is in the workspace already', async () => {
    const home = await createHome(db);
    const { telegramId } = await admit(home, 'viewer');
    const { token } = await invite(home.owner, 'admin');
    const person = { ...stranger(), telegramId };
    expect(await codeOf(accept(token, noon, person))).toBe('team.already_member');
    expect(await codeOf(accept(token))).toBe('done');
  });

  test('is made by those alone who may give its role, and its token is stored nowhere', async () => {
    const home = await createHome(db);
    const [admin, operator] = [await admit(home, 'admin'), await admit(home, 'operator')];
    expect(await codeOf(invite(admin.ctx, 'admin'))).toBe('forbidden');
    expect(await codeOf(invite(operator.ctx, 'viewer'))).toBe('forbidden');
    expect(await codeOf(invite(home.worker, 'viewer'))).toBe('forbidden');
    const { token } = await invite(admin.ctx, 'operator');
    for (const table of ['invitation', 'audit', 'outbox']) {
      const rows = await db.owner.execute(sql.raw(`select ${table}::text as row from ${table}`));
      expect(JSON.stringify(rows)).not.toContain(token);
      expect(JSON.stringify(rows)).not.toContain(Buffer.from(token).toString('hex'));
    }
  });
});

describe('a claim', () => {
  test('raced by several people makes one owner, and closes the door behind them', async () => {
    const fresh = await createTestDb();
    const wish = { lifetimeMs: 60_000, workspaceName: 'Harbour' };
    const codes = [await createClaimCode(fresh.app, wish), await createClaimCode(fresh.app, wish)];
    const claim = (code = '') =>
      codeOf(claimWithCode(fresh.app, { code, owner: stranger(), fallbackName: 'Mine', now: noon }));
    expect(await claim('wrong')).toBe('claim.code_wrong');
    const ends = await Promise.all([...codes, ...codes].map(claim));
    expect(ends.filter((end) => end === 'done')).toHaveLength(1);
    expect(await claim(codes[0])).toBe('claim.already_owned');
    const made = await fresh.owner.execute(sql`select name from workspace`);
    expect([...made]).toEqual([{ name: 'Harbour' }]);
    expect(await createClaimCode(fresh.app, wish)).toBeUndefined();
    await fresh.close();
  });

  test('with a code that has run out is refused', async () => {
    const fresh = await createTestDb();
    const code = (await createClaimCode(fresh.app, { lifetimeMs: 0 })) ?? '';
    const owner = stranger();
    const claim = claimWithCode(fresh.app, { code, owner, fallbackName: 'Mine', now: noon });
    expect(await codeOf(claim)).toBe('claim.code_wrong');
    await fresh.close();
  });
});

const ownerOf = async ({ operatorId }: Home): Promise<{ telegramId: string }> => {
  const [row] = await db.owner.execute<{ telegramId: string }>(
    sql`select telegram_id::text as "telegramId" from operator where id = ${operatorId}`,
  );
  return row!;
};
