import { expect, it } from 'vitest';
import { createScreen, drawBar, type Row } from './screen.ts';

const row = (done: number, total?: number): Row => ({
  label: 'Accounts',
  done,
  total,
  detail: `${done} of 4`,
});

function record(isTTY: boolean, columns = 80) {
  let text = '';
  const output = {
    isTTY,
    columns,
    write: (part: string) => {
      text += part;
    },
  };
  return { output, written: () => text };
}

it('fills a bar by its share and never beyond', () => {
  expect(drawBar(0, 10)).toBe('░'.repeat(20));
  expect(drawBar(5, 10)).toBe('█'.repeat(10) + '░'.repeat(10));
  expect(drawBar(99, 10)).toBe('█'.repeat(20));
  expect(drawBar(5, undefined)).toBe('░'.repeat(20));
});

it('redraws in place on a terminal', () => {
  const { output, written } = record(true);
  const screen = createScreen(output);
  screen.draw([row(1, 4)]);
  screen.draw([row(2, 4)]);
  expect(written()).toContain('1 of 4\n\x1b[1F\x1b[JAccounts');
  expect(written()).toMatch(/2 of 4\n$/);
});

it('keeps a said line above the picture', () => {
  const { output, written } = record(true);
  const screen = createScreen(output);
  screen.draw([row(1, 4)]);
  screen.say('hello');
  expect(written()).toContain('\x1b[1F\x1b[Jhello\nAccounts');
  expect(written()).toMatch(/1 of 4\n$/);
});

it('says below a closed picture', () => {
  const { output, written } = record(true);
  const screen = createScreen(output);
  screen.draw([row(1, 4)]);
  const picture = written();
  screen.close();
  screen.say('the end');
  expect(written()).toBe(`${picture}the end\n`);
});

it('cuts a line that would wrap', () => {
  const { output, written } = record(true, 20);
  createScreen(output).draw([row(1, 4)]);
  expect(written().trimEnd()).toHaveLength(19);
});

it('tells a change now and then where nothing can be redrawn, and always the end', () => {
  const { output, written } = record(false);
  let nowMs = 0;
  const screen = createScreen(output, () => nowMs);
  screen.draw([row(1, 4)]);
  screen.draw([row(1, 4)]);
  screen.draw([row(2, 4)]);
  nowMs = 5_000;
  screen.draw([row(3, 4)]);
  screen.draw([row(4, 4)]);
  expect(written().trim().split('\n')).toEqual(['Accounts: 1 of 4', 'Accounts: 3 of 4', 'Accounts: 4 of 4']);
});
