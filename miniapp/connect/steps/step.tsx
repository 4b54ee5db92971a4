import { useRef } from 'react';
import type { SignInView } from '../api.ts';
import { Ask } from './ask.tsx';
import { Ending } from './ending.tsx';
import { Scan } from './scan.tsx';
import { Waiting } from './waiting.tsx';

/** A sign-in has waited and been taken before its first code is shown. */
const FIRST_CODE = 2;

/** What the sign-in wants of the person now. */
export const Step = ({ signIn }: { signIn: SignInView }) => {
  // A number that has to be corrected need not be typed anew.
  const phone = useRef('');
  const { status, method, signInId, sequence } = signIn;
  switch (status) {
    case 'waiting':
    case 'working':
      return method === 'qr' && sequence < FIRST_CODE ? (
        <Scan signIn={signIn} />
      ) : (
        <Waiting signIn={signIn} />
      );
    case 'scan':
      return <Scan signIn={signIn} />;
    case 'connecting':
      return <Waiting signIn={signIn} />;
    case 'phone':
    case 'code':
    case 'password':
      return (
        <Ask
          key={`${signInId} ${sequence}`}
          signIn={signIn}
          question={status}
          typed={status === 'phone' ? phone.current : ''}
          onSend={(answer) => {
            if (status === 'phone') phone.current = answer;
          }}
        />
      );
    default:
      return <Ending signIn={signIn} status={status} />;
  }
};
