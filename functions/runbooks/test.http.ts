import { runbooksApi } from '../../shared/runbooks/api.ts';
import { tryRunbook } from '../../shared/runbooks/index.ts';
import { knownRunbook } from '../aws/runbooks.ts';
import { verb } from '../edge/verb.ts';

/** Runs the `test` block of a runbook; nothing is sent. */
export const test = verb({
  api: runbooksApi.test,
  run: async ({ ctx, params: { id }, body }) => {
    const { runbook } = await knownRunbook(ctx.org, id, body?.version);
    const cases = tryRunbook(runbook).map(({ differences, steps, ...tried }) => ({
      ...{ ...tried, differences: [...differences], steps: [...steps] },
    }));
    return { passed: cases.every(({ passed }) => passed), cases };
  },
});
