import { Composer } from 'grammy';
import { DAY_MS, later } from '#core/duration.ts';
import { Refused } from '#core/refusals.ts';
import { includesRole, type Role } from '#core/roles.ts';
import { invitationLink } from '#core/team/deep-links.ts';
import { changeRole } from '#db/commands/change-role.ts';
import { createInvitation } from '#db/commands/create-invitation.ts';
import { removeMember } from '#db/commands/remove-member.ts';
import { listMembers, type MemberItem } from '#db/queries/list-members.ts';
import { callbackPatterns, callbacks } from '../../callbacks.ts';
import { commandContext } from '../../command-context.ts';
import type { BotContext, KnownOperator } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showInPressed } from '../../edited-message.ts';
import { type Screen, toMessage } from '../../screen.ts';
import {
  confirmScreen,
  invitationScreen,
  inviteScreen,
  memberScreen,
  type TeamModel,
  teamScreen,
} from './view.ts';

const INVITATION_DAYS = 7;

/** `/team`, for admins and owners: who is in the workspace, with invitations, roles and removal behind buttons. */
export const teamFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const load = async (operator: KnownOperator): Promise<TeamModel> => {
    const { workspaceId, workspaceName, operatorId } = operator;
    return { workspaceName, operatorId, members: await listMembers({ db: deps.db, workspaceId }) };
  };

  composer.chatType('private').command('team', async (ctx) => {
    const { text, options } = toMessage(teamScreen(await load(mustManage(ctx)), ctx.t));
    await ctx.reply(text, options);
  });

  /** What a button leads to: a screen in the place of the one it stands on. */
  const onPress = (
    trigger: string | RegExp,
    show: (press: {
      ctx: BotContext;
      operator: KnownOperator;
      id: string;
      role: Role | undefined;
    }) => Promise<Screen>,
  ) =>
    composer.callbackQuery(trigger, async (ctx) => {
      await ctx.answerCallbackQuery();
      const found = typeof ctx.match === 'string' ? [] : [...ctx.match].slice(1);
      // The patterns let nothing else than a role through as the last part.
      const role = found.find((part) => part.length < 36) as Role | undefined;
      const [id = ''] = found;
      await showInPressed(ctx, await show({ ctx, operator: mustManage(ctx), id, role }));
    });

  onPress(callbacks.showTeam, async ({ ctx, operator }) => teamScreen(await load(operator), ctx.t));
  onPress(callbacks.invite, async ({ ctx, operator }) => inviteScreen(await load(operator), ctx.t));
  onPress(callbackPatterns.inviteAs, async ({ ctx, operator, role = 'viewer' }) => {
    const command = commandContext(deps, operator);
    const expiresAt = later(command.now, INVITATION_DAYS * DAY_MS);
    const { token } = await createInvitation(command, { role, expiresAt });
    return invitationScreen({ role, expiresAt, link: invitationLink(ctx.me.username, token) }, ctx.t);
  });
  onPress(callbackPatterns.showMember, async ({ ctx, operator, id }) => {
    const model = await load(operator);
    return memberScreen(model, memberOf(model, id), ctx.t);
  });
  for (const pattern of [callbackPatterns.askRole, callbackPatterns.askRemoval]) {
    onPress(pattern, async ({ ctx, operator, id, role }) => {
      const model = await load(operator);
      return confirmScreen(model, { member: memberOf(model, id), role }, ctx.t);
    });
  }
  onPress(callbackPatterns.giveRole, async ({ ctx, operator, id, role = 'viewer' }) => {
    await changeRole(commandContext(deps, operator), { operatorId: id, role });
    return teamScreen(await load(operator), ctx.t);
  });
  onPress(callbackPatterns.remove, async ({ ctx, operator, id }) => {
    await removeMember(commandContext(deps, operator), { operatorId: id });
    if (id === operator.operatorId) {
      return { text: ctx.t('bot-team-left', { workspace: operator.workspaceName }), buttons: [] };
    }
    return teamScreen(await load(operator), ctx.t);
  });
  return composer;
};

const mustManage = ({ operator }: BotContext): KnownOperator => {
  if (!operator || !includesRole(operator.role, 'admin')) throw new Refused('forbidden');
  return operator;
};

const memberOf = ({ members }: TeamModel, operatorId: string): MemberItem => {
  const found = members.find((member) => member.operatorId === operatorId);
  if (!found) throw new Refused('not_found');
  return found;
};
