import type { RefusalCode } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { endCheck } from '../file-work.ts';
import { appendEvent } from '../outbox.ts';

/** The file cannot be read at all. */
export const refuseFile = (
  ctx: CommandContext,
  input: { fileId: string; code: RefusalCode },
): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, code } = input;
    await endCheck(tx, fileId, { status: 'refused', refusal: code });
    await appendEvent(tx, ctx, { kind: 'audience_file.refused', payload: { fileId, code } });
    await appendAudit(tx, ctx, { action: 'audience_file.refused', entityId: fileId, after: { code } });
  });
