import { zValidator } from '@hono/zod-validator';
import type { ValidationTargets } from 'hono';
import type { z } from 'zod';
import { ControlError } from './control-error.ts';

/** Checks a part of the request; every fault is named in one message. */
export const check = <T extends keyof ValidationTargets, S extends z.ZodType>(target: T, schema: S) =>
  zValidator(target, schema, (result) => {
    if (result.success) return;
    const faults = result.error.issues.map((issue) => {
      const path = issue.path.join('.');
      return path === '' ? issue.message : `${path}: ${issue.message}`;
    });
    throw new ControlError(400, 'request.invalid', faults.join('; '));
  });
