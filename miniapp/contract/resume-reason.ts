/** The longest reason for resuming a campaign, in characters. */
export const RESUME_REASON_LENGTH = 500;
