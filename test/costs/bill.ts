import * as z from 'zod';
import type { Declared } from '../infra/synthesized.ts';
import type { Counted } from './counter.ts';
import { declaredLines, type Line, MINUTES_A_MONTH } from './declared.ts';
import { type Item, sum, times, type Usage } from './prices.ts';
import { type Counts, type ScenarioName, scenarioNames } from './scenarios.ts';
import { usageOf } from './work-usage.ts';

/** What happens once, for a million of it: what it uses, and what more when each invocation is traced. */
export interface Happening {
  readonly name: ScenarioName;
  readonly million: Usage;
  readonly traced: Usage;
}

const MILLION = 1_000_000;

const Function_ = z.looseObject({
  Handler: z.string(),
  MemorySize: z.coerce.number().default(128),
  TracingConfig: z.object({ Mode: z.string() }).optional(),
});

interface Deployed {
  readonly megabytes: number;
  readonly traced: boolean;
}

/** The functions of ours by name, as the template has them. */
function deployed(resources: readonly Declared[]): ReadonlyMap<string, Deployed> {
  const own = resources
    .filter(({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.Runtime === 'nodejs24.x')
    .map(({ Properties }) => Function_.parse(Properties));
  return new Map(
    own.map(({ Handler, MemorySize, TracingConfig }) => [
      Handler.replace('.handler', ''),
      { megabytes: MemorySize, traced: TracingConfig?.Mode === 'Active' },
    ]),
  );
}

/** A month in which nothing happens: what is declared, and what runs every minute. */
export function idleLines(resources: readonly Declared[], { minute, metrics }: Counts): readonly Line[] {
  const own = deployed(resources);
  const { Sweep: sweep, ...others } = minute;
  const declared = declaredLines(resources);
  return [
    ...declared,
    ...workLines('Sweep', sweep === undefined ? {} : { Sweep: sweep }, own),
    ...workLines('Canary', others, own),
    {
      ...{ group: 'Tracing', what: 'traces, one for each invocation', because: 'what runs every minute' },
      month: times(MINUTES_A_MONTH, tracesOf(minute, own)),
    },
    {
      ...{ group: 'Metrics', what: 'metrics of our own', because: `${metrics.length} in the logs` },
      month: { customMetrics: metrics.length },
    },
  ].filter(({ month }) => Object.values(month).some((amount) => amount > 0));
}

const kinds: Readonly<Record<string, readonly Item[]>> = {
  'requests to the public address': ['restRequests'],
  'function time': ['invocations', 'gigabyteSeconds'],
  'reads and writes of the table': ['writeUnits', 'readUnits'],
  messages: ['queueRequests', 'fairQueueRequests'],
  logs: ['logGigabytes'],
  files: ['fileWrites', 'fileReads'],
  'e-mails': ['mails'],
  'reads of the secret': ['secretCalls'],
};

function workLines(group: string, work: Counted, own: ReadonlyMap<string, Deployed>): readonly Line[] {
  const usage = times(MINUTES_A_MONTH, usageOf(work, memoryIn(own)));
  return Object.entries(kinds).map(([what, items]) => ({
    ...{ group, what, because: 'counted in idle minutes' },
    month: Object.fromEntries(items.map((item) => [item, usage[item] ?? 0])),
  }));
}

/** What a million of each happening use. */
export function happenings(resources: readonly Declared[], { scenarios }: Counts): readonly Happening[] {
  const own = deployed(resources);
  return (Object.keys(scenarioNames) as ScenarioName[]).map((name) => ({
    name,
    million: times(MILLION, usageOf(scenarios[name], memoryIn(own))),
    traced: times(MILLION, tracesOf(scenarios[name], own)),
  }));
}

const memoryIn = (own: ReadonlyMap<string, Deployed>) => (name: string) => known(own, name).megabytes;

/** With tracing on, Lambda records the first request of each second and every twentieth of the others: when few come, each. */
const tracesOf = (counted: Counted, own: ReadonlyMap<string, Deployed>): Usage =>
  sum(
    Object.entries(counted)
      .filter(([name]) => known(own, name).traced)
      .map(([, { invocations }]) => ({ traces: invocations })),
  );

function known(own: ReadonlyMap<string, Deployed>, name: string): Deployed {
  const found = own.get(name);
  if (found === undefined) throw new Error(`${name} was counted and is not in the template`);
  return found;
}
