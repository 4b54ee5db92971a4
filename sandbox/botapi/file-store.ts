import { createHash } from 'node:crypto';
import type { Upload } from './http/read-parameters.ts';

export type StoredFile = Upload & {
  fileId: string;
  uniqueId: string;
  /** Where /file/bot<token>/ serves it. */
  path: string;
};

/** Files sent to and by bots, by file_id. */
export type FileStore = {
  put(kind: 'photo' | 'document', upload: Upload): StoredFile;
  find(fileId: string): StoredFile | undefined;
  findByPath(path: string): StoredFile | undefined;
  clear(): void;
};

export function createFileStore(): FileStore {
  const byId = new Map<string, StoredFile>();
  const byPath = new Map<string, StoredFile>();
  return {
    put(kind, upload) {
      const number = byId.size + 1;
      const digest = createHash('sha256').update(upload.bytes).digest('base64url');
      const extension = /\.\w{1,10}$/.exec(upload.name)?.[0] ?? '';
      const file: StoredFile = {
        ...upload,
        fileId: `BQAC${digest.slice(0, 24)}${number}`,
        uniqueId: `Ag${digest.slice(0, 12)}`,
        path: `${kind}s/file_${number}${extension}`,
      };
      byId.set(file.fileId, file);
      byPath.set(file.path, file);
      return file;
    },
    find: (fileId) => byId.get(fileId),
    findByPath: (path) => byPath.get(path),
    clear() {
      byId.clear();
      byPath.clear();
    },
  };
}
