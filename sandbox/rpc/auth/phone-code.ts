import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { cancelLoginCode, checkLoginCode, issueLoginCode } from '#sandbox/world/commands/login-codes.ts';
import type { RpcDeps } from '../deps.ts';
import { int, text } from '../fields.ts';
import type { Serve } from '../serve.ts';
import { signInOrAskPassword } from './sessions.ts';

/** Sign-in by phone and code (core.telegram.org/api/auth). */
export function servePhoneCode(serve: Serve, deps: RpcDeps): void {
  const { world, signIn } = deps;

  serve.open('auth.sendCode', ({ ctx, request }) => {
    if (int(request, 'apiId') <= 0 || text(request, 'apiHash') === '')
      throw new RpcError(400, 'API_ID_INVALID');
    const phone = digitsOf(text(request, 'phoneNumber'));
    const user = world.findUserByPhone(phone);
    if (user && user.dcId !== Math.abs(ctx.dcId)) throw new RpcError(303, `PHONE_MIGRATE_${user.dcId}`);
    if (user?.restriction === 'banned') throw new RpcError(400, 'PHONE_NUMBER_BANNED');
    const { hash } = issueLoginCode(world, phone, signIn.codeLifeMs);
    return sentCode('auth.sentCodeTypeApp', hash, 'auth.codeTypeSms');
  });

  serve.open('auth.resendCode', ({ request }) => {
    const issued = world.state.loginCodes.get(digitsOf(text(request, 'phoneNumber')));
    if (!issued || issued.hash !== text(request, 'phoneCodeHash'))
      throw new RpcError(400, 'PHONE_CODE_EXPIRED');
    if (issued.wasResent) throw new RpcError(406, 'SEND_CODE_UNAVAILABLE');
    issued.wasResent = true;
    issued.expiresAtMs = Date.now() + signIn.codeLifeMs;
    return sentCode('auth.sentCodeTypeSms', issued.hash);
  });

  serve.open('auth.cancelCode', ({ request }) => {
    const phone = digitsOf(text(request, 'phoneNumber'));
    if (!cancelLoginCode(world, phone, text(request, 'phoneCodeHash')))
      throw new RpcError(400, 'PHONE_CODE_EXPIRED');
    return true;
  });

  serve.open('auth.signIn', ({ ctx, request }) => {
    const phone = digitsOf(text(request, 'phoneNumber'));
    const hash = text(request, 'phoneCodeHash');
    checkLoginCode(world, { phone, hash, code: text(request, 'phoneCode') });
    const user = world.findUserByPhone(phone);
    if (!user) throw new RpcError(400, 'PHONE_NUMBER_UNOCCUPIED');
    cancelLoginCode(world, phone, hash);
    return signInOrAskPassword(deps, ctx.auth, user);
  });
}

function sentCode(type: string, phoneCodeHash: string, nextType?: string) {
  return {
    _: 'auth.sentCode',
    type: { _: type, length: 5 },
    phoneCodeHash,
    nextType: nextType === undefined ? undefined : { _: nextType },
    timeout: 60,
  };
}

/** International numbers have 7 to 15 digits (E.164). */
function digitsOf(phone: string): string {
  const digits = phone.replace(/[\s()+-]/g, '');
  if (!/^\d{7,15}$/.test(digits)) throw new RpcError(400, 'PHONE_NUMBER_INVALID');
  return digits;
}
