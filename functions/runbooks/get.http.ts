import { runbooksApi } from '../../shared/runbooks/api.ts';
import { measured, viewRunbook } from '../../shared/runbooks/index.ts';
import { allDone } from '../aws/all-done.ts';
import { listRuns } from '../aws/run-log.ts';
import { knownRunbook } from '../aws/runbooks.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** Runs that the measured success rate is of. */
const MOST_MEASURED = 100;

/** A runbook, with what its latest runs showed. */
export const get = verb({
  api: runbooksApi.get,
  run: async ({ ctx, params: { id }, query }) => {
    const [saved, runs] = await allDone([
      knownRunbook(ctx.org, id, query.version),
      listRuns(ctx.org, { runbook: id }, MOST_MEASURED),
    ]);
    const shown = measured(runs.map(({ outcome }) => outcome));
    return reply(200, viewRunbook(saved, shown), { etag: `"${saved.revision}"` });
  },
});
