import { idOf } from '../../shared/kernel/index.ts';
import { runbooksApi } from '../../shared/runbooks/api.ts';
import { dryRun, startRun } from '../../shared/runbooks/index.ts';
import { clock } from '../aws/clock.ts';
import { beginRun } from '../aws/run-log.ts';
import { presentRunbook } from '../aws/runbooks.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { sendNext } from './messages.ts';
import { shownRun } from './shown-run.ts';
import { surroundings } from './surroundings.ts';

/** Starts a run, and has it go on by itself; or shows what every step would send. */
export const start = verb({
  api: runbooksApi.start,
  run: async ({ ctx, params, body, attempt, cause }) => {
    const { incident, reason } = body;
    const { runbook, revision } = await presentRunbook(ctx.org, params.id);
    if (incident !== undefined) await visibleIncident(ctx.org, incident);
    const now = clock.now();
    if (body.dryRun) {
      const { incident: about, around } = await surroundings(ctx.org, runbook, incident);
      const steps = dryRun(runbook, about, around, now).map(
        ({ retries: _, continueOnFailure: __, timeout: ___, approvalTimeout: ____, wait: _____, ...step }) =>
          step,
      );
      return reply(200, { dryRun: true, steps });
    }
    const starting = {
      runbookVersion: revision,
      ...(incident !== undefined && { incident }),
      ...(reason !== undefined && { reason }),
    };
    const id = idOf('run', attempt.at, ctx.org, attempt.seed);
    const recording = { actor: ctx.actor, now, cause };
    const { run } = await beginRun(ctx.org, id, startRun(runbook, starting, now), recording);
    await sendNext(run, now);
    return reply(201, await shownRun(run, ctx.actor));
  },
});
