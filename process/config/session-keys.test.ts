import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigFaults } from './read-variables.ts';
import { openKeySource } from './session-keys.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usher-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

const [newest, older] = [randomBytes(32), randomBytes(32)];
const fromFile = (file: string) => openKeySource({ keys: [], file, vault: undefined });
const write = async (name: string, text: string, mode = 0o600) => {
  const path = join(folder, name);
  await writeFile(path, text);
  await chmod(path, mode);
  return path;
};
const keysIn = async (source: ReturnType<typeof fromFile>, wanted?: string) => {
  const answer = await source.read(wanted);
  return answer.ok ? answer.keys.map(({ key }) => Buffer.from(key).toString('base64')) : answer.because;
};

describe('a key file', () => {
  it('holds one key a line, the newest first, with remarks between', async () => {
    const path = await write(
      'keys',
      `# made in March\n${newest.toString('base64')}\n\n${older.toString('base64')}\n`,
    );
    expect(await keysIn(fromFile(path))).toEqual([newest.toString('base64'), older.toString('base64')]);
  });

  it('is read again when a key is wanted that it did not hold', async () => {
    const path = await write('grows', older.toString('base64'));
    const source = fromFile(path);
    const [wanted] = await openKeySource({ keys: [newest], file: undefined, vault: undefined })
      .read()
      .then((answer) => (answer.ok ? answer.keys.map(({ id }) => id) : []));
    await write('grows', `${newest.toString('base64')}\n${older.toString('base64')}`);
    expect(await keysIn(source)).toHaveLength(1);
    expect(await keysIn(source, wanted)).toHaveLength(2);
    await write('grows', 'spoilt');
    expect(await keysIn(source, 'another')).toBe('no_key');
  });

  it.each([0o644, 0o640, 0o604])('that others may read (%o) is refused with what to do', async (mode) => {
    const path = await write(`open-${mode}`, newest.toString('base64'), mode);
    expect(() => fromFile(path)).toThrow(/chmod 600/);
    expect(() => fromFile(path)).toThrow(ConfigFaults);
  });

  it.each(['', 'c2hvcnQ=', `${newest.toString('base64')}\nc2hvcnQ=`])(
    'with %j in it is refused',
    async (text) => {
      const path = await write('spoilt', text);
      expect(() => fromFile(path)).toThrow(/32 bytes in base64/);
    },
  );

  it('that is not there is refused with its path', () => {
    expect(() => fromFile(join(folder, 'nowhere'))).toThrow(/ENOENT.*nowhere/);
  });
});
