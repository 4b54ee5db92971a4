import type { Answer, SeenPerson, UserSession } from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { toSeenPeople } from './peers.ts';

export const peopleCalls = (
  call: Call,
  now: () => Date,
): Pick<UserSession, 'resolveUsername' | 'resolvePhone'> => ({
  async resolveUsername(username) {
    const answer = await call(new Api.contacts.ResolveUsername({ username }));
    return answer.ok ? whom(answer.value, now(), 'USERNAME_NOT_OCCUPIED') : answer;
  },
  async resolvePhone(phone) {
    // Without the plus, as links to a number carry it (core.telegram.org/api/links#phone-number-links).
    const answer = await call(new Api.contacts.ResolvePhone({ phone: phone.replace('+', '') }));
    if (answer.ok) return whom(answer.value, now(), 'PHONE_NOT_OCCUPIED');
    // Of an account that signs in this error says more; here both mean that the number leads to nobody.
    return answer.failure.error === 'PHONE_NUMBER_INVALID' ? nobody('PHONE_NOT_OCCUPIED') : answer;
  },
});

const nobody = (error: string): Answer<SeenPerson> => ({ ok: false, failure: { kind: 'rpc', error } });

const whom = ({ peer, users }: Tl.contacts.ResolvedPeer, now: Date, error: string): Answer<SeenPerson> => {
  const [person] = toSeenPeople(users, now);
  return person && peer instanceof Api.PeerUser ? { ok: true, value: person } : nobody(error);
};
