/** One line of the picture: something that moves towards an end. */
export type Row = {
  label: string;
  done: number;
  /** Undefined while nobody knows it. */
  total: number | undefined;
  detail: string;
};

export type Screen = {
  /** Shows the present picture in place of the last one. */
  draw(rows: readonly Row[]): void;
  /** A line that stays. */
  say(line: string): void;
  /** The picture stays as it is; what is said from now on stands below it. */
  close(): void;
};

export type ScreenOutput = { write(text: string): unknown; isTTY?: boolean; columns?: number };

const BAR_WIDTH = 20;
const PLAIN_INTERVAL_MS = 5_000;

/** A bar of `BAR_WIDTH` cells, empty while the total is unknown. */
export function drawBar(done: number, total: number | undefined): string {
  const share = total ? Math.min(1, done / total) : 0;
  const full = Math.round(share * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}

/** On a terminal the rows are redrawn in place; elsewhere a row is told when it changes, each at most every five seconds. */
export const createScreen = (output: ScreenOutput, now: () => number = Date.now): Screen =>
  output.isTTY ? createLiveScreen(output) : createPlainScreen(output, now);

function createLiveScreen(output: ScreenOutput): Screen {
  let shown: readonly Row[] = [];
  let height = 0;
  const erase = () => (height === 0 ? '' : `\x1b[${height}F\x1b[J`);
  const paint = (rows: readonly Row[]) => {
    const width = output.columns ?? 80;
    const labelWidth = Math.max(0, ...rows.map((row) => row.label.length));
    // A line that wraps would spoil the count of lines to erase.
    return rows
      .map((row) => `${row.label.padEnd(labelWidth)}  ${drawBar(row.done, row.total)}  ${row.detail}`)
      .map((line) => `${[...line].slice(0, width - 1).join('')}\n`)
      .join('');
  };
  return {
    draw(rows) {
      output.write(erase() + paint(rows));
      shown = rows;
      height = rows.length;
    },
    say(line) {
      output.write(`${erase()}${line}\n${paint(shown)}`);
    },
    close() {
      shown = [];
      height = 0;
    },
  };
}

function createPlainScreen(output: ScreenOutput, now: () => number): Screen {
  const told = new Map<string, { detail: string; atMs: number }>();
  return {
    draw(rows) {
      for (const { label, done, total, detail } of rows) {
        const last = told.get(label);
        if (detail === last?.detail) continue;
        const isOver = total !== undefined && done >= total;
        if (last && !isOver && now() - last.atMs < PLAIN_INTERVAL_MS) continue;
        told.set(label, { detail, atMs: now() });
        output.write(`${label}: ${detail}\n`);
      }
    },
    say(line) {
      output.write(`${line}\n`);
    },
    close() {},
  };
}
