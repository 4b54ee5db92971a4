import type { UserSession } from '#core/telegram/user-session.ts';
import { Api } from './library.ts';
import type { Call } from './link.ts';
import { toSeenPeople } from './peers.ts';

export const peopleCalls = (call: Call, now: () => Date): Pick<UserSession, 'resolveUsername'> => ({
  async resolveUsername(username) {
    const answer = await call(new Api.contacts.ResolveUsername({ username }));
    if (!answer.ok) return answer;
    const [person] = toSeenPeople(answer.value.users, now());
    return person && answer.value.peer instanceof Api.PeerUser
      ? { ok: true, value: person }
      : { ok: false, failure: { kind: 'rpc', error: 'USERNAME_NOT_OCCUPIED' } };
  },
});
