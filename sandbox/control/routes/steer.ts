import { Hono } from 'hono';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { clockChange, limitsChange, newFault, seedRequest } from '../contract.ts';
import { ControlError, notFound } from '../control-error.ts';
import type { ControlDeps } from '../deps.ts';
import { describeClock } from '../describe-state.ts';
import { getUser } from '../peers.ts';
import { check } from '../read-body.ts';

/** Changes what the sandbox is: its clock, faults, limits and people. */
export function steerRoutes({ telegram, botApi, cast, reset }: ControlDeps) {
  const { world, clock, faults, limits } = telegram;
  const allLimits = () => ({ mtproto: limits.model(), bot: botApi.limiter.limits });

  return new Hono()
    .get('/clock', (context) => context.json(describeClock(clock)))
    .post('/clock', check('json', clockChange), (context) => {
      const change = context.req.valid('json');
      if ('advanceMs' in change) clock.advance(change.advanceMs);
      else clock.setScale(change.scale);
      return context.json(describeClock(clock));
    })

    .get('/faults', (context) => context.json({ mtproto: faults.list(), bot: botApi.faults.list() }))
    .post('/faults', check('json', newFault), (context) => {
      const fault = context.req.valid('json');
      if (fault.api === 'bot') {
        const { api: _, ...rule } = fault;
        return context.json({ id: botApi.faults.add(rule) });
      }
      const { api: _, ...rule } = fault;
      return context.json({ id: String(faults.add(rule)) });
    })
    .delete('/faults', (context) => {
      faults.clear();
      botApi.faults.clear();
      return context.body(null, 204);
    })
    .delete('/faults/:id', (context) => {
      const id = context.req.param('id');
      if (!faults.remove(Number(id)) && !botApi.faults.remove(id)) throw notFound('fault', id);
      return context.body(null, 204);
    })

    .get('/limits', (context) => context.json(allLimits()))
    .post('/limits', check('json', limitsChange), (context) => {
      const { mtproto, bot } = context.req.valid('json');
      if (mtproto) limits.configure(mtproto);
      if (bot) botApi.limiter.configure(bot);
      return context.json(allLimits());
    })

    .post('/reset', (context) => context.json({ cast: reset() }))
    .post('/seed', check('json', seedRequest), (context) => {
      const { scenario, users, chats } = context.req.valid('json');
      if (scenario) reset(scenario);
      const added = users.map((user) => orRefuse(() => addUser(world, user)));
      const addedChats = chats.map(({ creator, admins, members, ...chat }) =>
        orRefuse(() =>
          addChat(world, {
            ...chat,
            ...(creator !== undefined && { creator: getUser(world, creator).id }),
            admins: admins.map((admin) => ({ ...admin, user: getUser(world, admin.user).id })),
            members: members.map((member) => getUser(world, member).id),
          }),
        ),
      );
      return context.json({
        cast: cast(),
        users: added.map((user) => user.id),
        chats: addedChats.map((chat) => chat.id),
      });
    });
}

/** A taken id, name or token is the caller's mistake. */
function orRefuse<T>(add: () => T): T {
  try {
    return add();
  } catch (error) {
    if (error instanceof ControlError) throw error;
    throw new ControlError(409, 'seed.conflict', error instanceof Error ? error.message : String(error));
  }
}
