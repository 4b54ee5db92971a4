/** Every callback a button may carry. Telegram allows 64 bytes. */
export const callbacks = {
  refreshStatus: 'status',
  connectAccount: 'connect',
} as const;
