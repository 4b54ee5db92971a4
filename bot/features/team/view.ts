import { ROLES, type Role } from '#core/roles.ts';
import { decideGrant, decideRemoval, decideRoleChange, type Team } from '#core/team/team.ts';
import type { MemberItem } from '#db/queries/list-members.ts';
import type { Translate } from '#locales/translate.ts';
import { callbacks } from '../../callbacks.ts';
import { type Button, escapeHtml, type Screen } from '../../screen.ts';

/** The members as the person who looks at them may change them. */
export type TeamModel = { workspaceName: string; members: readonly MemberItem[]; operatorId: string };

/** Telegram shows a hundred buttons at most. */
const MEMBERS_SHOWN = 90;

/** Everybody with their role; a button for each whom the reader may change or remove. */
export const teamScreen = (model: TeamModel, t: Translate): Screen => {
  const shown = model.members.slice(0, MEMBERS_SHOWN);
  const lines = shown.map((member) =>
    t('bot-team-line', { name: escapeHtml(nameOf(member)), role: t(`role-${member.role}`) }),
  );
  const buttons = shown
    .filter((member) => rolesFor(model, member).length > 0 || mayRemove(model, member))
    .map((member) => [{ text: nameOf(member), data: callbacks.showMember(member.operatorId) }]);
  return {
    text: [`<b>${escapeHtml(model.workspaceName)}</b>`, lines.join('\n')].join('\n\n'),
    buttons: [[{ text: t('bot-team-invite'), data: callbacks.invite }], ...buttons],
  };
};

/** With which role somebody is invited. */
export const inviteScreen = (model: TeamModel, t: Translate): Screen => {
  const asker = { operatorId: model.operatorId };
  const roles = ROLES.filter((role) => decideGrant(teamOf(model), asker, role).ok);
  return {
    text: t('bot-team-invite-role'),
    buttons: [
      ...roles.map((role) => [{ text: t(`role-${role}`), data: callbacks.inviteAs(role) }]),
      [back(t)],
    ],
  };
};

/** The link itself, to be passed on. */
export const invitationScreen = (
  { role, link, expiresAt }: { role: Role; link: string; expiresAt: Date },
  t: Translate,
): Screen => ({
  text: t('bot-team-invitation', { role: t(`role-${role}`), link: escapeHtml(link), at: expiresAt }),
  buttons: [[back(t)]],
});

/** One member and what may be done to them. */
export const memberScreen = (model: TeamModel, member: MemberItem, t: Translate): Screen => {
  const { operatorId } = member;
  const roles = rolesFor(model, member).map((role) => [
    { text: t('bot-team-make', { role: t(`role-${role}`) }), data: callbacks.askRole(operatorId, role) },
  ]);
  const isOwn = operatorId === model.operatorId;
  const removal = mayRemove(model, member)
    ? [[{ text: t(isOwn ? 'bot-team-leave' : 'bot-team-remove'), data: callbacks.askRemoval(operatorId) }]]
    : [];
  return {
    text: t('bot-team-line', { name: escapeHtml(nameOf(member)), role: t(`role-${member.role}`) }),
    buttons: [...roles, ...removal, [back(t)]],
  };
};

/** Asks before a role is changed or somebody is removed. */
export const confirmScreen = (
  model: TeamModel,
  { member, role }: { member: MemberItem; role: Role | undefined },
  t: Translate,
): Screen => {
  const { operatorId } = member;
  const name = escapeHtml(nameOf(member));
  const isOwn = operatorId === model.operatorId;
  const text = role
    ? t('bot-team-ask-role', { name, role: t(`role-${role}`) })
    : t(isOwn ? 'bot-team-ask-leave' : 'bot-team-ask-remove', { name });
  const data = role ? callbacks.giveRole(operatorId, role) : callbacks.remove(operatorId);
  return { text, buttons: [[{ text: t('bot-team-yes'), data }], [back(t)]] };
};

const teamOf = ({ members }: TeamModel): Team =>
  new Map(members.map(({ operatorId, role }) => [operatorId, role]));

const rolesFor = (model: TeamModel, { operatorId }: MemberItem): readonly Role[] =>
  ROLES.filter(
    (role) => decideRoleChange(teamOf(model), { operatorId: model.operatorId }, { operatorId, role }).ok,
  );

const mayRemove = (model: TeamModel, { operatorId }: MemberItem): boolean =>
  decideRemoval(teamOf(model), { operatorId: model.operatorId }, operatorId).ok;

const nameOf = ({ firstName, username }: MemberItem): string =>
  username ? `${firstName} (@${username})` : firstName;

const back = (t: Translate): Button => ({ text: t('bot-team-back'), data: callbacks.showTeam });
