import { createDiffieHellman, type DiffieHellman } from 'node:crypto';
import { padLeft, toBigInt } from './bytes.ts';

/** The 2048-bit safe prime Telegram has always used: clients know it and skip their primality test. */
export const dhPrime = Buffer.from(
  'C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F48198A0AA7C14058229493D22530F4DB' +
    'FA336F6E0AC925139543AED44CCE7C3720FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64' +
    '2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4A4A695811051907E162753B56B0F6B41' +
    '0DBA74D8A84B2A14B3144E0EF1284754FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4' +
    'E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F0D8115F635B105EE2E4E15D04B2454BF' +
    '6F4FADF034B10403119CD8E3B92FCC5B',
  'hex',
);
export const dhPrimeNumber = toBigInt(dhPrime);
/** A generator of the subgroup that clients accept with this prime. */
export const dhGenerator = 3;
/** The length of the prime, and so of every value below it as the protocol writes them. */
export const dhBytes = 256;

let shared: DiffieHellman | undefined;

/** base^exponent mod the prime, as 256 bytes. */
export function modPow(base: Buffer, exponent: Buffer): Buffer {
  // Making a DiffieHellman tests the prime, which takes a quarter of a second: one serves every call.
  shared ??= createDiffieHellman(dhPrime, dhGenerator);
  shared.setPrivateKey(exponent);
  return padLeft(shared.computeSecret(base), dhBytes);
}

/** Whether a public value is one an honest side can have sent: 1 < value < prime - 1. */
export function isPublicValue(value: Buffer): boolean {
  const number = toBigInt(value);
  return number > 1n && number < dhPrimeNumber - 1n;
}
