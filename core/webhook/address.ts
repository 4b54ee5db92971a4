/** Blocks that belong to nobody on the internet (IANA special-purpose registries, RFC 6890 and its successors). */
const CLOSED_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** Of all IPv6 only what is given out as global unicast is open, but for these parts of it. */
const OPEN_V6: [string, number] = ['2000::', 3];
const CLOSED_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries any IPv4 address inside.
  ['2002::', 16],
  ['3fff::', 20],
];

/** True for a numeric address on the open internet; false for private, loopback, link-local and reserved ones. */
export const isPublicAddress = (address: string): boolean => {
  const v4 = bitsOfV4(address);
  if (v4) return !CLOSED_V4.some(([block, length]) => isInside(v4, bitsOfV4(block), length));
  const v6 = bitsOfV6(address);
  if (!v6) return false;
  return (
    isInside(v6, bitsOfV6(OPEN_V6[0]), OPEN_V6[1]) &&
    !CLOSED_V6.some(([block, length]) => isInside(v6, bitsOfV6(block), length))
  );
};

const isInside = (bits: string, block: string | undefined, length: number): boolean =>
  block !== undefined && bits.slice(0, length) === block.slice(0, length);

const bitsOfV4 = (text: string): string | undefined => {
  const parts = text.split('.');
  const isWhole = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return isWhole ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('') : undefined;
};

/** Undefined also for an IPv4 address in IPv6 clothes and for zones: nobody on the internet is called so. */
const bitsOfV6 = (text: string): string | undefined => {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0 || !/^[0-9a-f:]+$/i.test(text)) return undefined;
  const [left, right] = [head, tail ?? ''].map((half) => (half === '' ? [] : half.split(':')));
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
};
