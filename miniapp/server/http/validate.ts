import type { ValidationTargets } from 'hono';
import { validator } from 'hono-openapi';
import type { z } from 'zod';
import { ServerProblem } from './problems.ts';

/**
 * Checks one part of a request, and tells the API's document of it. What is wrong is named by path, and the values sent
 * are never repeated.
 */
export const validate = <S extends z.ZodType, T extends keyof ValidationTargets>(target: T, schema: S) =>
  validator(target, schema, (result) => {
    if (result.success) return;
    // They come from the schema, which is zod's.
    const issues = result.error as readonly z.core.$ZodIssue[];
    const fields = issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => [...issue.path, key].join('.'))
        : [issue.path.join('.')],
    );
    throw new ServerProblem('invalid_input', { fields: [...new Set(fields)] });
  });
