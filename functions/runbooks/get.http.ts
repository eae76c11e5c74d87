import { runbooksApi } from '../../shared/runbooks/api.ts';
import { viewRunbook, viewTally } from '../../shared/runbooks/index.ts';
import { allDone } from '../aws/all-done.ts';
import { loadTally } from '../aws/run-rows.ts';
import { knownRunbook } from '../aws/runbooks.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';

/** A runbook, with what its latest runs showed. */
export const get = verb({
  api: runbooksApi.get,
  run: async ({ ctx, params: { id }, query }) => {
    const [saved, tally] = await allDone([knownRunbook(ctx.org, id, query.version), loadTally(ctx.org, id)]);
    return reply(200, viewRunbook(saved, viewTally(tally)), { etag: `"${saved.revision}"` });
  },
});
