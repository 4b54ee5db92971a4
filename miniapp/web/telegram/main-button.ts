import { mainButton } from '@telegram-apps/sdk-react';
import { useEffect, useRef } from 'react';

/** Telegram's own button under the page, shown while the component that asks for it is; undefined hides it. */
export const useMainButton = (
  button: { text: string; isBusy: boolean; isEnabled?: boolean; onClick: () => void } | undefined,
): void => {
  const click = useRef<() => void>(undefined);
  click.current = button?.onClick;
  const { text, isBusy = false, isEnabled = true } = button ?? {};

  useEffect(() => {
    mainButton.mount.ifAvailable();
    const stop = mainButton.onClick.ifAvailable(() => click.current?.());
    return () => {
      if (stop[0]) stop[1]();
      mainButton.setParams.ifAvailable({ isVisible: false });
    };
  }, []);

  useEffect(() => {
    mainButton.setParams.ifAvailable(
      text
        ? { text, isVisible: true, isEnabled: isEnabled && !isBusy, isLoaderVisible: isBusy }
        : { isVisible: false, isLoaderVisible: false },
    );
  }, [text, isBusy, isEnabled]);
};
