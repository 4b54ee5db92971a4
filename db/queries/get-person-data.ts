import { inWorkspace, type QueryContext } from '../context.ts';
import { type PersonData, type PersonQuestion, readPersonData } from '../person-data.ts';

/** Everything the workspace keeps of one person; empty lists when it keeps nothing. */
export const getPersonData = (ctx: QueryContext, input: PersonQuestion): Promise<PersonData> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) => readPersonData(tx, input));
