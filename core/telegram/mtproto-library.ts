/** The libraries that can drive an account, by the names of their packages. */
export const MTPROTO_LIBRARIES = ['telegram', 'teleproto'] as const;
export type MtprotoLibrary = (typeof MTPROTO_LIBRARIES)[number];
