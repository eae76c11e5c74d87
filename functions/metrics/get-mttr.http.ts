import type * as z from 'zod';
import { toText } from '../../shared/kernel/index.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import {
  behindAddress,
  countStandings,
  incidentsCsv,
  isInScope,
  type Material,
  mapped,
  selectionQuery,
  summaryOf,
  targetMeasures,
  viewGroups,
  viewSample,
  viewSummary,
} from '../../shared/metrics/index.ts';
import { clock } from '../aws/clock.ts';
import { setting } from '../aws/settings.ts';
import { reply } from '../edge/reply.ts';
import { verb } from '../edge/verb.ts';
import { countLeftOut, loadSamples } from './load.ts';
import { pageOfSamples } from './pages.ts';
import { scopeOf } from './scope.ts';

const api = metricsApi['get-mttr'];
type Query = z.output<typeof api.query>;

/** The durations of the incidents of a window, together and by groups; or each of them, as CSV. */
export const getMttr = verb({
  api,
  run: async ({ ctx: { org }, query }) => {
    const now = clock.now();
    const scope = scopeOf(query, now);
    const loaded = await loadSamples(org, scope, now);
    const { nameOf } = loaded;
    const samples = loaded.samples.filter((sample) => isInScope(sample, scope));
    const material = { samples, scope, zone: query.zone, now, nameOf };
    if (query.format === 'csv') return csvPage(org, material, query);
    const { by, zone } = query;
    return {
      ...{ at: toText(now), from: toText(scope.from), to: toText(scope.to), zone, total: samples.length },
      leftOut: countLeftOut(loaded, scope),
      measures: viewSummary(summaryOf(samples), scope, zone),
      targets: mapped(targetMeasures, (measure) => countStandings(samples, measure)),
      incidents: behindAddress(scope, zone),
      ...(by !== 'none' && { groups: viewGroups(samples, by, material) }),
    };
  },
});

/** The next page is named with its bounds, so that all of them are of one window. */
function csvPage(org: Parameters<typeof pageOfSamples>[1]['org'], material: Material, query: Query) {
  const { samples, scope, zone } = material;
  const { cursor, limit } = query;
  const page = pageOfSamples(samples, { org, of: { list: 'mttr' }, cursor, limit });
  const text = incidentsCsv(page.samples.map(viewSample), cursor === undefined);
  const asked = `${selectionQuery(scope, zone, toText)}&format=csv&limit=${limit}`;
  const next = page.next && `${setting('publicUrl')}/api/metrics/mttr?${asked}&cursor=${page.next}`;
  return reply(200, text, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename="incidents.csv"',
    ...(next !== undefined && { link: `<${next}>; rel="next"` }),
  });
}
