import { Refusal } from '../../shared/kernel/index.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import { changedTargets, type TargetsChange } from '../../shared/metrics/index.ts';
import { clock } from '../aws/clock.ts';
import { loadTargets, replaceTargets } from '../aws/metrics-targets.ts';
import { versionIn } from '../edge/if-match.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { viewTargets } from './targets-view.ts';

/** How often a change is made anew after another one was faster. */
const ATTEMPTS = 8;

/** Changes targets; whoever loses a race makes the change on what is there then. */
export const setTargets = verb({
  api: metricsApi['set-targets'],
  run: async ({ ctx: { org, actor }, body, headers }) => {
    const { mtta, mttr, ...top } = body;
    const change: TargetsChange = { mtta, mttr: mttr ?? top };
    const expected = versionIn(headers);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = await loadTargets(org);
      if (expected !== undefined && expected !== before.version)
        throw new Refusal(
          'precondition',
          `The targets are at version ${before.version}, not ${expected}; read them again, then repeat the change.`,
          'header.if-match',
        );
      const by = { actor, at: clock.now() };
      const stored = await replaceTargets(org, before, changedTargets(before.targets, change), by);
      if (stored) return reply(200, viewTargets(stored), { etag: `"${stored.version}"` });
    }
    throw new Refusal('unavailable', 'Too many people changed the targets at once; try again.');
  },
});
