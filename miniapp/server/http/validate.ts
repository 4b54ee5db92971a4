import { zValidator } from '@hono/zod-validator';
import type { ValidationTargets } from 'hono';
import type { z } from 'zod';
import { ServerProblem } from './problems.ts';

/** Checks one part of a request; what is wrong is named by path, and the values sent are never repeated. */
export const validate = <S extends z.ZodType, T extends keyof ValidationTargets>(target: T, schema: S) =>
  zValidator(target, schema, (result) => {
    if (result.success) return;
    const fields = result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path, key].join('.'))
        : [issue.path.join('.')],
    );
    throw new ServerProblem('invalid_input', { fields: [...new Set(fields)] });
  });
