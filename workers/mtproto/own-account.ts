import bigInt from 'big-integer';
import type { Authorization, UserSession } from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { toProfile } from './sign-in.ts';

type OwnAccount = Pick<UserSession, 'readProfile' | 'listAuthorizations' | 'endAuthorization' | 'logOut'>;

/** What an account asks about itself, and how its sessions end (core.telegram.org/api/auth). */
export const ownAccountCalls = (call: Call): OwnAccount => ({
  async readProfile() {
    const answer = await call(new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }));
    if (!answer.ok) return answer;
    const [user] = answer.value;
    if (!(user instanceof Api.User)) return { ok: false, failure: { kind: 'unknown', error: 'NO_PROFILE' } };
    return { ok: true, value: { ...toProfile(user), hasPhoto: user.photo instanceof Api.UserProfilePhoto } };
  },
  async listAuthorizations() {
    const answer = await call(new Api.account.GetAuthorizations());
    return answer.ok ? { ok: true, value: answer.value.authorizations.map(toAuthorization) } : answer;
  },
  async endAuthorization(hash) {
    const answer = await call(new Api.account.ResetAuthorization({ hash: bigInt(hash) }));
    return answer.ok ? { ok: true, value: true } : answer;
  },
  async logOut() {
    const answer = await call(new Api.auth.LogOut());
    return answer.ok ? { ok: true, value: true } : answer;
  },
});

const toAuthorization = (listed: Tl.TypeAuthorization): Authorization => ({
  hash: listed.hash.toString(),
  isCurrent: listed.current === true,
  device: [listed.deviceModel, listed.platform].filter(Boolean).join(', '),
  app: [listed.appName, listed.appVersion].filter(Boolean).join(' '),
  country: listed.country,
  createdAt: new Date(listed.dateCreated * 1000),
  activeAt: new Date(listed.dateActive * 1000),
});
