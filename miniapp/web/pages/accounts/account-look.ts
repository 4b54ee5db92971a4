import type { Translate } from '#locales/bundle.ts';
import { errorLabelKey, recoveryKey } from '#locales/keys.ts';
import type { Lane } from '#miniapp/contract/campaigns.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import type { Tone } from '../../ui/chip.tsx';

export const toneOf: Record<Lane['status'], Tone> = {
  active: 'good',
  cooling: 'warm',
  blocked: 'warm',
  frozen: 'bad',
  signed_out: 'bad',
  banned: 'bad',
  disabled: 'calm',
};

/** Telegram can be asked with it. */
export const isSignedIn = (status: Lane['status']): boolean => status !== 'signed_out' && status !== 'banned';

type Next = Pick<Lane, 'nextSlotAt' | 'nextSlotBecause'>;

/** What an account at work does next. A reason left over from a rest that is over says nothing any more. */
export const describeNext = (t: Translate, { nextSlotAt, nextSlotBecause }: Next, now: number): string => {
  if (nextSlotAt && Date.parse(nextSlotAt) <= now) return standingAlone(t('slot-now'));
  const isTold = nextSlotBecause !== null && !(nextSlotBecause in toneOf);
  if (!nextSlotAt && !isTold) return standingAlone(t('account-page-idle'));
  return standingAlone(t(`slot-${isTold ? nextSlotBecause : 'pause'}`));
};

/** What an account does next, or why it rests, what brings it back and from when on. */
export const describeStanding = (t: Translate, account: Lane, now: number): string => {
  const { status, statusError, recovery, nextSlotAt } = account;
  const from = (moment: string) =>
    t('account-page-not-before', { moment: formatMoment(t, new Date(moment), now) });
  if (status === 'active') {
    const waits = nextSlotAt && Date.parse(nextSlotAt) > now;
    return [describeNext(t, account, now), waits && from(nextSlotAt)].filter(Boolean).join(' · ');
  }
  const parts = [
    statusError && t(errorLabelKey(statusError)),
    recovery && t(recoveryKey(recovery.by)),
    recovery?.at && from(recovery.at),
  ];
  return standingAlone(parts.filter(Boolean).join(' · '));
};
