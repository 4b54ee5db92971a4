import { shareURL } from '@telegram-apps/sdk-react';

export const canShare = (): boolean => shareURL.isAvailable();

/** Lets the person choose a chat to send a link to. */
export const shareLink = (link: string, text: string): void => {
  shareURL.ifAvailable(link, text);
};
