import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';

export type Machine = {
  /** The same after each restart of the machine, and no name or address of it. */
  hardwareId: string;
  hostname: string;
};

/** The system's own id of the machine (machine-id(5)); where there is none, its network hardware. */
export function readMachine(): Machine {
  const name = hostname();
  const identity = machineId() ?? `${name} ${macAddresses().join(' ')}`;
  return {
    hardwareId: createHash('sha256').update(`usher ${identity}`).digest('hex').slice(0, 16),
    hostname: name,
  };
}

const machineId = (): string | undefined => {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
};

const macAddresses = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ mac }) => mac)
    .sort();
