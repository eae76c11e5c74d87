import { runbooksApi } from '../../shared/runbooks/api.ts';
import { verb } from '../edge/verb.ts';
import { knownRun } from './known-run.ts';
import { shownRun } from './shown-run.ts';

/** A run as it stands. */
export const getRun = verb({
  api: runbooksApi['get-run'],
  run: async ({ ctx, params: { id } }) => shownRun(await knownRun(ctx.org, id), ctx.actor),
});
