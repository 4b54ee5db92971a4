import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InvitationDays } from '#miniapp/contract/invitation-days.ts';
import type { SessionPage } from '#miniapp/contract/sessions.ts';
import type { CreatedInvitation, InvitationPage, Member, MemberPage } from '#miniapp/contract/team.ts';
import { navigate } from '../router.ts';
import { keys } from './campaigns.ts';
import { api, done, unwrap } from './client.ts';
import { useList } from './pages.ts';
import { endSession } from './session.ts';

export type Role = Member['role'];

export const useTeam = () => useList<MemberPage>(keys.team, '/members');

/** Invitations that still hold; only who may invite may ask. */
export const useInvitations = () => useList<InvitationPage>(keys.invitations, '/invitations');

export const useSessions = () => useList<SessionPage>(keys.sessions, '/sessions');

export type TeamChange =
  | { verb: 'role'; operatorId: string; role: Role }
  | { verb: 'remove' | 'leave'; operatorId: string }
  | { verb: 'withdraw'; invitationId: string };

/** Changes the team, and shows what the server makes of it, also when it refuses. */
export const useTeamChange = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (change: TeamChange) => {
      await done(send(change));
      if (change.verb === 'leave') endSession();
    },
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.team }),
        cache.invalidateQueries({ queryKey: keys.invitations }),
      ]),
  });
};

const send = (change: TeamChange) => {
  if (change.verb === 'withdraw') {
    return api.invitations[':invitationId'].$delete({ param: { invitationId: change.invitationId } });
  }
  const route = api.members[':operatorId'];
  const param = { operatorId: change.operatorId };
  return change.verb === 'role'
    ? route.$patch({ param, json: { role: change.role } })
    : route.$delete({ param });
};

/** Makes an invitation; the answer is the only place its link ever stands. */
export const useInvite = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: { role: Role; days: InvitationDays }) =>
      unwrap<CreatedInvitation>(api.invitations.$post({ json: wish })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.invitations }),
  });
};

export const useEndSession = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (sessionId: string) => done(api.sessions[':sessionId'].$delete({ param: { sessionId } })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.sessions }),
  });
};

/** Signs out on the server, and on the page as soon as that is done. */
export const useSignOut = () =>
  useMutation({
    mutationFn: async () => {
      await done(api['sign-out'].$post());
      endSession();
    },
  });

/** Goes over into another workspace with the same session; nothing of the one before is kept. */
export const useSwitch = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (workspaceId: string) => {
      await done(api.switch.$post({ json: { workspaceId } }));
      await cache.invalidateQueries({ queryKey: keys.me });
      cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.me[0] });
      navigate('/');
    },
  });
};
