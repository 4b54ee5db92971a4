import { useMutation } from '@tanstack/react-query';
import { bearer } from './client.ts';
import { readProblem } from './problem.ts';

/** Fetches a file of the API as text, when asked to. */
export const useTextFile = (path: string) =>
  useMutation({
    mutationFn: async () => {
      const response = await fetch(`/api/v1${path}`, { headers: bearer() });
      if (!response.ok) throw await readProblem(response);
      return response.text();
    },
  });
