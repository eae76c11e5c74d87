import { toText } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { listRuns } from '../aws/run-log.ts';
import type { RunRow } from '../aws/run-rows.ts';
import { verb } from '../edge/verb.ts';

const MOST = 50;

/** The latest runs for an incident or of a runbook. */
export const list = verb({
  api: runbooksApi['list-runs'],
  run: async ({ ctx, query: { incident, runbook = '' } }) => {
    const rows = await listRuns(ctx.org, incident === undefined ? { runbook } : { incident }, MOST);
    return { items: rows.map(viewRow) };
  },
});

function viewRow({ id, runbook, title, runbookVersion, incident, state, reason, ...row }: RunRow) {
  const { startedBy, startedAt, finishedAt } = row;
  return {
    ...{ id, runbook, title, revision: runbookVersion, state, startedBy, startedAt: toText(startedAt) },
    ...(incident !== undefined && { incident }),
    ...(reason !== undefined && { reason }),
    ...(finishedAt !== undefined && { finishedAt: toText(finishedAt) }),
  };
}
