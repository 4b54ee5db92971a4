import { hapticFeedback } from '@telegram-apps/sdk-react';

/** A short answer of the device to how something went. */
export const feel = (outcome: 'success' | 'error'): void => {
  hapticFeedback.notificationOccurred.ifAvailable(outcome);
};

/** The tick of a choice. */
export const feelSelection = (): void => {
  hapticFeedback.selectionChanged.ifAvailable();
};
