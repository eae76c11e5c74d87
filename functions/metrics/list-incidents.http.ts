import { toText } from '../../shared/kernel/index.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import { isSelected, viewSample, zoneOf } from '../../shared/metrics/index.ts';
import { clock } from '../aws/clock.ts';
import { verb } from '../edge/verb.ts';
import { loadSamples } from './load.ts';
import { pageOfSamples } from './pages.ts';
import { scopeOf } from './scope.ts';

/** The incidents behind a number. */
export const listIncidents = verb({
  api: metricsApi['list-incidents'],
  run: async ({ ctx: { org }, query }) => {
    const { limit, cursor, zone, ...wanted } = query;
    const now = clock.now();
    const selection = { ...wanted, ...scopeOf(query, now) };
    const { samples } = await loadSamples(org, selection, now);
    const calendar = zoneOf(zone);
    const found = samples.filter((sample) => isSelected(sample, selection, calendar));
    const of = { list: 'metrics', zone, ...wanted };
    const page = pageOfSamples(found, { org, of, cursor, limit });
    return {
      at: toText(now),
      total: found.length,
      items: page.samples.map(viewSample),
      ...(page.next !== undefined && { next: page.next }),
    };
  },
});
