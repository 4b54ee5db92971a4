import type { World } from '../create-world.ts';
import { Refusal } from '../refusal.ts';
import type { LoginCode } from '../state.ts';

/** Codes one phone may ask for in a day; Telegram allows about five logins (core.telegram.org/api/auth). */
const codesPerDay = 5;
const dayMs = 86_400_000;
const triesPerCode = 5;

/**
 * Sends a phone a new code; the earlier one is worth nothing. Numbers 99966XYYYY get X five times, as on Telegram's
 * test servers. `lifeMs` is real time. Throws Refusal FLOOD_WAIT_x (business seconds) after too many.
 */
export function issueLoginCode(world: World, phone: string, lifeMs: number): LoginCode {
  const now = world.clock.now();
  const requests = (world.state.codeRequests.get(phone) ?? []).filter(
    (at) => now.getTime() - at.getTime() < dayMs,
  );
  const oldest = requests[0];
  if (oldest && requests.length >= codesPerDay) {
    const waitMs = oldest.getTime() + dayMs - now.getTime();
    throw new Refusal(420, `FLOOD_WAIT_${Math.ceil(waitMs / 1000)}`);
  }
  world.state.codeRequests.set(phone, [...requests, now]);

  const testDc = /^99966(\d)\d{4}$/.exec(phone)?.[1];
  const issued: LoginCode = {
    phone,
    hash: world.random.hex(18),
    code: testDc ? testDc.repeat(5) : String(world.random.int(10_000, 99_999)),
    expiresAtMs: Date.now() + lifeMs,
    wrongTries: 0,
    wasResent: false,
  };
  world.state.loginCodes.set(phone, issued);
  return issued;
}

/**
 * Checks a code without using it up. Throws Refusal: PHONE_CODE_EMPTY, PHONE_CODE_EXPIRED (also for another
 * request's hash and after five wrong tries), PHONE_CODE_INVALID.
 */
export function checkLoginCode(
  world: World,
  { phone, hash, code }: { phone: string; hash: string; code: string },
): void {
  if (code === '') throw new Refusal(400, 'PHONE_CODE_EMPTY');
  const issued = world.state.loginCodes.get(phone);
  const isOver =
    !issued || issued.hash !== hash || issued.expiresAtMs <= Date.now() || issued.wrongTries >= triesPerCode;
  if (isOver) throw new Refusal(400, 'PHONE_CODE_EXPIRED');
  if (issued.code === code) return;
  issued.wrongTries++;
  throw new Refusal(400, 'PHONE_CODE_INVALID');
}

/** Takes the phone's code back; false when that hash is not the current one. */
export function cancelLoginCode(world: World, phone: string, hash: string): boolean {
  if (world.state.loginCodes.get(phone)?.hash !== hash) return false;
  return world.state.loginCodes.delete(phone);
}
