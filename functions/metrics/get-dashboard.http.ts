import { metricsApi } from '../../shared/metrics/api.ts';
import { before, dashboardOf } from '../../shared/metrics/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { countLeftOut, loadSamples } from './load.ts';
import { scopeOf } from './scope.ts';
import { viewTargets } from './targets-view.ts';

/** All that the dashboard shows: the window, the one before, and what is open now. */
export const getDashboard = verb({
  api: metricsApi['get-dashboard'],
  run: async ({ ctx: { org }, query }) => {
    const now = clock.now();
    const scope = scopeOf(query, now);
    const loaded = await loadSamples(org, { from: before(scope).from, to: scope.to }, now);
    const { samples, stored, nameOf } = loaded;
    const material = { samples, scope, zone: query.zone, now, nameOf };
    return { ...dashboardOf(material), leftOut: countLeftOut(loaded, scope), targets: viewTargets(stored) };
  },
});
