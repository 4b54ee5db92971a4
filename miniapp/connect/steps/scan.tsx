import { useTexts } from '#miniapp/web/texts/context.ts';
import type { SignInView } from '../api.ts';
import css from '../connect.module.css';
import { Countdown } from '../countdown.tsx';
import { QrCode } from '../qr-code.tsx';
import { Actions } from './actions.tsx';
import { Busy, LongWait } from './waiting.tsx';

/** The code to scan, and how. Before there is one its place is kept, so that nothing moves under a finger. */
export const Scan = ({ signIn }: { signIn: SignInView }) => {
  const { t } = useTexts();
  const isWaiting = signIn.status === 'waiting';
  return (
    <div className={css.card}>
      <h2 className={css.heading}>{t('sign-in-scan')}</h2>
      <div className={css.code}>
        {signIn.link ? (
          <>
            <QrCode text={signIn.link} label={t('sign-in-qr')} />
            <Countdown
              label={t('sign-in-next-code')}
              ms={signIn.linkLeftMs ?? 0}
              since={`${signIn.signInId} ${signIn.sequence}`}
            />
          </>
        ) : (
          <div className={css.place}>
            <Busy text={t(isWaiting ? 'sign-in-busy-waiting' : 'sign-in-busy-working')} />
          </div>
        )}
      </div>
      {isWaiting && <LongWait since={signIn.signInId} />}
      <ol className={css.how}>
        <li>{t('sign-in-scan-open')}</li>
        <li>{t('sign-in-scan-devices')}</li>
        <li>{t('sign-in-scan-point')}</li>
      </ol>
      <p className={css.soft}>{t('sign-in-scan-same-phone')}</p>
      <Actions signIn={signIn} />
    </div>
  );
};
