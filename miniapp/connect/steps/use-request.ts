import { useState } from 'react';
import { ApiProblem, failureText } from '#miniapp/web/api/problem.ts';
import { useTexts } from '#miniapp/web/texts/context.ts';

/**
 * Sends what the person asked for, one at a time. What comes of it arrives by the live line; a refusal is told, but for a
 * conflict: then another tab was quicker, and the line tells that.
 */
export const useRequest = () => {
  const { t } = useTexts();
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const send = async (request: () => Promise<void>): Promise<void> => {
    setSending(true);
    setFailure(undefined);
    try {
      await request();
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'conflict')) setFailure(error);
    } finally {
      setSending(false);
    }
  };
  return { isSending, failure: failure === undefined ? undefined : failureText(t, failure), send };
};
