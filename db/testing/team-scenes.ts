import { randomBytes, randomInt } from 'node:crypto';
import type { Role } from '#core/roles.ts';
import { createClaimCode } from '../claim-codes.ts';
import { acceptInvitation } from '../commands/accept-invitation.ts';
import { acknowledgeCollected } from '../commands/acknowledge-collected.ts';
import { addMember } from '../commands/add-member.ts';
import { changeRole } from '../commands/change-role.ts';
import { chooseWorkspace } from '../commands/choose-workspace.ts';
import { claimWithCode } from '../commands/claim-with-code.ts';
import { claimWorkspace } from '../commands/claim-workspace.ts';
import { createInvitation } from '../commands/create-invitation.ts';
import { endSession } from '../commands/end-session.ts';
import { openSession } from '../commands/open-session.ts';
import { removeMember } from '../commands/remove-member.ts';
import { setLanguage } from '../commands/set-language.ts';
import { switchSession } from '../commands/switch-session.ts';
import { withdrawInvitation } from '../commands/withdraw-invitation.ts';
import { type Home, noon } from './factories.ts';
import { createTestDb } from './test-db.ts';
import type { Scene } from './work-scenes.ts';

const tomorrow = new Date(noon.getTime() + 86_400_000);

/** Somebody whom nobody knows yet. */
export const stranger = () => ({
  telegramId: String(randomInt(1e8, 1e9)),
  firstName: 'Max',
  language: 'en' as const,
});

const admit = (home: Home, role: Role = 'viewer') => addMember(home.owner, { ...stranger(), role });
const invite = (home: Home, role: Role = 'viewer') =>
  createInvitation(home.owner, { role, expiresAt: tomorrow });
const launch = () => ({
  tokenHash: randomBytes(32),
  launchHash: randomBytes(32),
  launchedAt: noon,
  device: 'other',
  realNow: noon,
});
const signIn = async (home: Home): Promise<string> => {
  const opened = await openSession(home.owner, launch());
  if (!opened) throw new Error('the launch is new');
  return opened.sessionId;
};

/** A scene for every command of workspaces, people and sessions, by its file. */
export const teamScenes: Record<string, Scene> = {
  'accept-invitation': async ({ db, home }) => {
    const { token } = await invite(home);
    return () => acceptInvitation(db.app, { token, person: stranger(), now: noon });
  },
  'acknowledge-collected': async ({ home }) => {
    return () => acknowledgeCollected(home.owner, { text: 'yes' });
  },
  'add-member': async ({ home }) => {
    return () => admit(home);
  },
  'change-role': async ({ home }) => {
    const { operatorId } = await admit(home);
    return () => changeRole(home.owner, { operatorId, role: 'admin' });
  },
  'choose-workspace': async ({ home }) => {
    return () => chooseWorkspace(home.owner);
  },
  // Only an installation without any workspace can be claimed, so this one has a database of its own.
  'claim-with-code': async () => async () => {
    const fresh = await createTestDb();
    try {
      const code = (await createClaimCode(fresh.app, { lifetimeMs: 60_000 })) ?? '';
      await claimWithCode(fresh.app, { code, owner: stranger(), fallbackName: 'New', now: noon });
      const [row] = await fresh.owner.execute<{ n: number }>('select count(*)::int as n from audit');
      return row?.n;
    } finally {
      await fresh.close();
    }
  },
  'claim-workspace': async ({ db }) => {
    return () => claimWorkspace(db.owner, { name: 'New', owner: stranger(), now: noon });
  },
  'create-invitation': async ({ home }) => {
    return () => invite(home);
  },
  'end-session': async ({ home }) => {
    const sessionId = await signIn(home);
    return () => endSession(home.owner, { sessionId, realNow: noon });
  },
  'open-session': async ({ home }) => {
    return () => openSession(home.owner, launch());
  },
  'remove-member': async ({ home }) => {
    const { operatorId } = await admit(home);
    return () => removeMember(home.owner, { operatorId });
  },
  'set-language': async ({ home }) => {
    return () => setLanguage(home.owner, { operatorId: home.operatorId, language: 'ru' });
  },
  'switch-session': async ({ home }) => {
    const sessionId = await signIn(home);
    return () => switchSession(home.owner, { sessionId });
  },
  'withdraw-invitation': async ({ home }) => {
    const { invitationId } = await invite(home);
    return () => withdrawInvitation(home.owner, { invitationId });
  },
};
