import { openLink } from '@telegram-apps/sdk-react';

/** Opens an address in the browser of the device, beside the Mini App. */
export const openOutside = (url: string): void => {
  if (openLink.isAvailable()) openLink(url);
  else window.open(url, '_blank', 'noopener');
};
