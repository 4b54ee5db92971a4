/** The first message of an event stream; its id is where the stream stands. */
export const STREAM_READY = 'ready';

/** The last message of an event stream whose session has ended: do not come back with it. */
export const SESSION_ENDED = 'session_ended';

/** The last event of a page that connects accounts, when its time is over. */
export const PAGE_ENDED = 'ended';
