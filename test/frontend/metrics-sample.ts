import { type Instant, idOf, type OrganisationId } from '../../shared/kernel/index.ts';
import { metricsApi } from '../../shared/metrics/api.ts';
import {
  dashboardOf,
  isSelected,
  leftOutAs,
  sampleOf,
  type Targets,
  viewSample,
  zoneOf,
} from '../../shared/metrics/index.ts';
import { generatedYear } from '../support/generated-year.ts';
import { ann } from '../support/given.ts';
import type { Answered, Call, Respond } from './stub-api.ts';

interface Given {
  readonly count: number;
  readonly open?: number;
  readonly targets?: Targets;
  readonly now?: Instant;
}

const org: OrganisationId = idOf('organisation', 1, 'metrics');
const shop = idOf('component', 1, 'Shop');

/** Answers of the API about a generated year, made by the same rules; targets that are set are there afterwards. */
export function yearOfMetrics({ count, open = 0, targets = {}, now = Date.now() }: Given): Respond {
  const versions = [{ version: 3, setAt: now, setBy: ann, targets }];
  const setting = { firstTeam: 'shop', componentsOf: new Map([['checkout', [shop]]]), now, versions };
  const incidents = generatedYear({ org, count, until: now, open });
  const samples = incidents
    .filter((one) => leftOutAs(one) === undefined)
    .map((one) => sampleOf(one, setting));
  const stored = { version: 3, targets };
  const scopeIn = ({ query }: Call) => {
    const { from = '', to, zone = 'UTC', ...kinds } = query;
    return { scope: { ...kinds, from: Date.parse(from), to: to === undefined ? now : Date.parse(to) }, zone };
  };
  const nameOf = (_: string, key: string) => (key === shop ? 'Shop' : undefined);
  const dashboard = (call: Call): Answered => {
    const folded = dashboardOf({ ...scopeIn(call), samples, now, nameOf });
    const leftOut = { merged: incidents.length - samples.length, deleted: 0 };
    return { body: metricsApi['get-dashboard'].answer.parse({ ...folded, leftOut, targets: stored }) };
  };
  const list = (call: Call): Answered => {
    const { scope, zone } = scopeIn(call);
    const { weekday, hour, open: only, ...rest } = call.query;
    const numbers = {
      ...(weekday !== undefined && { weekday: Number(weekday) }),
      ...(hour !== undefined && { hour: Number(hour) }),
      ...(only !== undefined && { open: true }),
    };
    const found = samples.filter((sample) =>
      isSelected(sample, { ...rest, ...scope, ...numbers }, zoneOf(zone)),
    );
    const items = found.map(viewSample);
    const at = new Date(now).toISOString();
    return { body: metricsApi['list-incidents'].answer.parse({ at, total: found.length, items }) };
  };
  return (call) => {
    if (call.path === '/api/metrics/dashboard') return dashboard(call);
    if (call.path === '/api/metrics/incidents') return list(call);
    if (call.path !== '/api/metrics/targets') return undefined;
    if (call.method === 'POST') return { body: { ...stored, version: ++stored.version } };
    const history = versions.map(({ setAt, ...one }) => ({ ...one, setAt: new Date(setAt).toISOString() }));
    return { body: { ...stored, history } };
  };
}
