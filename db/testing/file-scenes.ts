import { everybody } from '#core/audience/people-wish.ts';
import { cancelFileImport } from '../commands/cancel-file-import.ts';
import { changeFileReading } from '../commands/change-file-reading.ts';
import { dropAudienceFile } from '../commands/drop-audience-file.ts';
import { finishExport } from '../commands/finish-export.ts';
import { finishFileImport } from '../commands/finish-file-import.ts';
import { importFileRows } from '../commands/import-file-rows.ts';
import { liftSuppression } from '../commands/lift-suppression.ts';
import { noteFileProgress } from '../commands/note-file-progress.ts';
import { openAudienceFile } from '../commands/open-audience-file.ts';
import { receiveAudienceFile } from '../commands/receive-audience-file.ts';
import { refuseFile } from '../commands/refuse-file.ts';
import { requestExport } from '../commands/request-export.ts';
import { saveFileCheck } from '../commands/save-file-check.ts';
import { settleExport } from '../commands/settle-export.ts';
import { startFileImport } from '../commands/start-file-import.ts';
import { suppressPerson } from '../commands/suppress-person.ts';
import { takeBackFile } from '../commands/take-back-file.ts';
import { type Home, hashPerson } from './factories.ts';
import type { Scene } from './work-scenes.ts';

const reading = {
  ...({ kind: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: false } as const),
  mapping: { telegramId: 0 },
};
const check = { reading, preview: [['1']], good: 1, bad: 0, errors: [] };
const plan = { into: 'audience', name: 'List', basis: 'opted_in', onlyGoodRows: false } as const;

const opened = ({ owner }: Home) => openAudienceFile(owner, { name: 'people.csv' });
const received = async (home: Home) => {
  const file = await opened(home);
  await receiveAudienceFile(home.owner, { ...file, sizeBytes: 2 });
  return file;
};
const checked = async (home: Home) => {
  const file = await received(home);
  await saveFileCheck(home.worker, { ...file, check });
  return file;
};
const importing = async (home: Home) => {
  const file = await checked(home);
  await startFileImport(home.owner, { ...file, plan });
  return file;
};
const ordered = ({ owner }: Home) =>
  requestExport(owner, { wish: { filter: everybody }, format: 'csv', language: 'en' });
const written = async (home: Home) => {
  const order = await ordered(home);
  await finishExport(home.worker, { ...order, rows: 0, sizeBytes: 1 });
  return order;
};

/** A scene for each command on files of people and suppressions. */
export const fileScenes: Record<string, Scene> = {
  'open-audience-file':
    async ({ home }) =>
    () =>
      opened(home),
  'receive-audience-file': async ({ home }) => {
    const file = await opened(home);
    return () => receiveAudienceFile(home.owner, { ...file, sizeBytes: 2 });
  },
  'drop-audience-file': async ({ home }) => {
    const file = await opened(home);
    return () => dropAudienceFile(home.owner, file);
  },
  'note-file-progress': async ({ home }) => {
    const file = await received(home);
    return () => noteFileProgress(home.worker, { ...file, rows: 1 });
  },
  'save-file-check': async ({ home }) => {
    const file = await received(home);
    return () => saveFileCheck(home.worker, { ...file, check });
  },
  'refuse-file': async ({ home }) => {
    const file = await received(home);
    return () => refuseFile(home.worker, { ...file, code: 'file.empty' });
  },
  'change-file-reading': async ({ home }) => {
    const file = await checked(home);
    return () => changeFileReading(home.owner, { ...file, reading });
  },
  'start-file-import': async ({ home }) => {
    const file = await checked(home);
    return () => startFileImport(home.owner, { ...file, plan });
  },
  'import-file-rows': async ({ home }) => {
    const file = await importing(home);
    const person = { line: 1, telegramId: '1', username: null, phone: null, firstName: null, lastName: null };
    return () =>
      importFileRows(home.worker, { ...file, from: 0, people: [{ ...person, hashes: [] }], bad: 0 });
  },
  'finish-file-import': async ({ home }) => {
    const file = await importing(home);
    return () => finishFileImport(home.worker, file);
  },
  'cancel-file-import': async ({ home }) => {
    const file = await importing(home);
    return () => cancelFileImport(home.owner, file);
  },
  'take-back-file': async ({ home }) => {
    const file = await importing(home);
    await cancelFileImport(home.owner, file);
    return () => takeBackFile(home.worker, file);
  },
  'request-export':
    async ({ home }) =>
    () =>
      ordered(home),
  'finish-export': async ({ home }) => {
    const order = await ordered(home);
    return () => finishExport(home.worker, { ...order, rows: 0, sizeBytes: 1 });
  },
  'settle-export': async ({ home }) => {
    const order = await written(home);
    return () => settleExport(home.worker, { ...order, status: 'delivered' });
  },
  'lift-suppression': async ({ home }) => {
    const person = { username: 'quiet_one' };
    await suppressPerson(home.owner, { person, scope: 'workspace', reason: 'asked', hashPerson });
    return () => liftSuppression(home.owner, { person, reason: 'changed their mind', hashPerson });
  },
};
