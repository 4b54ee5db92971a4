import { backButton } from '@telegram-apps/sdk-react';
import { useEffect, useRef } from 'react';

/** Telegram's own back button, shown while `onBack` is given. */
export const useBackButton = (onBack: (() => void) | undefined): void => {
  const back = useRef(onBack);
  back.current = onBack;
  const isVisible = onBack !== undefined;

  useEffect(() => {
    if (!isVisible) return;
    backButton.mount.ifAvailable();
    backButton.show.ifAvailable();
    const stop = backButton.onClick.ifAvailable(() => back.current?.());
    return () => {
      if (stop[0]) stop[1]();
      backButton.hide.ifAvailable();
    };
  }, [isVisible]);
};
