import { popup } from '@telegram-apps/sdk-react';

/** Asks in Telegram's own popup, or in the browser's where a client has none. Titles take 64 characters, messages 256. */
export const confirmWith = async (question: {
  title: string;
  message: string;
  accept: string;
}): Promise<boolean> => {
  const { title, message, accept } = question;
  if (!popup.open.isAvailable()) return window.confirm(`${title}\n\n${message}`);
  const pressed = await popup.open({
    title: title.slice(0, 64),
    message: message.slice(0, 256),
    buttons: [
      { id: ACCEPT, type: 'default', text: accept },
      { id: 'cancel', type: 'cancel' },
    ],
  });
  return pressed === ACCEPT;
};

const ACCEPT = 'accept';
