import { useRef } from 'react';
import type { SignInView } from '../api.ts';
import { Ask } from './ask.tsx';
import { Ending } from './ending.tsx';
import { Scan } from './scan.tsx';
import { Waiting, Working } from './waiting.tsx';

/** What the sign-in wants of the person now. */
export const Step = ({ signIn }: { signIn: SignInView }) => {
  // A number that has to be corrected need not be typed anew.
  const phone = useRef('');
  switch (signIn.status) {
    case 'waiting':
      return <Waiting signIn={signIn} />;
    case 'working':
    case 'connecting':
      return <Working signIn={signIn} />;
    case 'scan':
      return <Scan signIn={signIn} />;
    case 'phone':
    case 'code':
    case 'password':
      return (
        <Ask
          key={`${signIn.signInId} ${signIn.sequence}`}
          signIn={signIn}
          question={signIn.status}
          typed={signIn.status === 'phone' ? phone.current : ''}
          onSend={(answer) => {
            if (signIn.status === 'phone') phone.current = answer;
          }}
        />
      );
    default:
      return <Ending signIn={signIn} status={signIn.status} />;
  }
};
