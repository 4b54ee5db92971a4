import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AudienceFileAnswer, AudienceFilePage, filePlanBody } from '#miniapp/contract/audience-files.ts';
import { api, bearer, done, unwrap } from './client.ts';
import { REFRESH_MS, useList } from './pages.ts';

const key = ['audience_file'] as const;
const route = api['audience-files'][':fileId'];

export type AudienceFile = AudienceFileAnswer['file'];
export type FileReading = NonNullable<AudienceFile['reading']>;
export type FilePlan = (typeof filePlanBody)['_input'];

export const useFiles = () => useList<AudienceFilePage>(key, '/audience-files');

export const useFile = (fileId: string) =>
  useQuery({
    queryKey: [...key, fileId],
    queryFn: async () => (await unwrap(route.$get({ param: { fileId } }))).file,
    refetchInterval: REFRESH_MS,
  });

/** Sends the file as it is; a worker checks it. */
export const useUpload = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) =>
      unwrap<{ fileId: string }>(
        fetch(`/api/v1/audience-files?${new URLSearchParams({ name: file.name })}`, {
          method: 'POST',
          headers: { ...bearer(), 'content-type': 'application/octet-stream' },
          body: file,
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
};

export type FileDeed =
  | { verb: 'read'; reading: FileReading }
  | { verb: 'import'; plan: FilePlan }
  | { verb: 'cancel' };

/** Has the file read in another way, imported, or an import stopped and taken back. */
export const useFileDeed = (fileId: string) => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (deed: FileDeed) => done(send(fileId, deed)),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
};

const send = (fileId: string, deed: FileDeed) => {
  const param = { fileId };
  if (deed.verb === 'read') return route.reading.$put({ param, json: deed.reading });
  return deed.verb === 'cancel'
    ? route.cancel.$post({ param })
    : route.import.$post({ param, json: deed.plan });
};
