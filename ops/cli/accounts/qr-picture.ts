import { encodeQR } from 'qr';

/** Light modules around the code, which scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;
/** White on black whatever the terminal's own colours are: scanners do not read a code inside out. */
const [PAINTED, PLAIN] = ['\x1b[97;40m', '\x1b[0m'];

export type QrPicture = {
  /** Draws the code, on a terminal in place of the last one. */
  show(text: string): void;
};

export const createQrPicture = (
  output: { write(text: string): unknown; isTTY?: boolean },
  caption: string,
): QrPicture => {
  let height = 0;
  return {
    show(text) {
      const lines = encodeQR(text, 'ascii', { ecc: 'low', border: QUIET_ZONE }).trimEnd().split('\n');
      const drawn = output.isTTY ? lines.map((line) => `${PAINTED}${line}${PLAIN}`) : lines;
      const erase = output.isTTY && height > 0 ? `\x1b[${height}F\x1b[J` : '';
      output.write(`${erase}${[...drawn, caption].join('\n')}\n`);
      height = drawn.length + 1;
    },
  };
};
