import type { Environment } from './read-variables.ts';

/** The environment of this process, completed by a `.env` file in the working directory when there is one. */
export function readEnvironment(): Environment {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return process.env;
}
