import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBigInt, toBytes } from './bytes.ts';
import { dhPrimeNumber, modPow } from './dh.ts';

function slowModPow(base: bigint, exponent: bigint): bigint {
  if (exponent === 0n) return 1n;
  const half = slowModPow((base * base) % dhPrimeNumber, exponent >> 1n);
  return exponent % 2n === 1n ? (half * base) % dhPrimeNumber : half;
}

test('modPow agrees with repeated multiplication and always gives 256 bytes', () => {
  const bases = fc.bigInt({ min: 2n, max: dhPrimeNumber - 2n });
  fc.assert(
    fc.property(bases, fc.bigInt({ min: 1n, max: 2n ** 256n }), (base, exponent) => {
      const power = modPow(toBytes(base, 256), toBytes(exponent, 32));
      expect(power).toHaveLength(256);
      expect(toBigInt(power)).toBe(slowModPow(base, exponent));
    }),
    { numRuns: 20 },
  );
});
