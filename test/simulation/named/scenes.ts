import { gzipSync } from 'node:zlib';
import type { Severity } from '../../../shared/alerts/index.ts';
import { type Configuration, configurationSchema } from '../../../shared/configuration/index.ts';
import { idOf, SECOND } from '../../../shared/kernel/index.ts';
import {
  BEGIN,
  type Deed,
  type PlannedAlert,
  type PlannedDeed,
  type Post,
  type Scenario,
  type Tenant,
} from '../scenario.ts';

const people = [
  { id: 'ann', name: 'Ann', email: 'ann@example.com' },
  { id: 'bob', name: 'Bob', email: 'bob@example.com' },
];

/** An organisation with these levels of people, so many seconds apart, and these rules. */
export function tenantOf({
  levels = [['ann']],
  delay = 1_200,
  rules = [],
}: {
  readonly levels?: readonly (readonly string[])[];
  readonly delay?: number;
  readonly rules?: readonly object[];
} = {}): Tenant {
  const org = idOf('organisation', BEGIN, 'staged');
  const policies = [{ id: 'ops', name: 'Ops', levels: levels.map((targets) => ({ targets, delay })) }];
  const configuration: Configuration = configurationSchema.parse({ people, policies, rules });
  return {
    ...{ org, configuration, integration: idOf('integration', BEGIN, 'staged') },
    key: 'key-of-integration-staged',
    body: gzipSync(JSON.stringify(configuration)),
  };
}

/** What is said of an alert: its name, `firing` or `resolved`, and when, in seconds after the beginning. */
export interface Said {
  readonly key: string;
  readonly state: 'firing' | 'resolved';
  /** When it is posted. */
  readonly at: number;
  /** What it says of its own time; absent means the time of the POST. */
  readonly timestamp?: number;
  readonly service?: string;
  readonly severity?: Severity;
}

export const firing = (key: string, at: number, more: Partial<Said> = {}): Said => ({
  ...{ key, state: 'firing', at },
  ...more,
});

export const ended = (key: string, at: number, more: Partial<Said> = {}): Said => ({
  ...{ key, state: 'resolved', at },
  ...more,
});

/** A deed that many seconds after the beginning, to the first incident or mail, or to a later one. */
export const deed = (name: Deed, at: number, which = 0): PlannedDeed => ({
  ...{ at: BEGIN + at * SECOND, deed: name, which, tries: 0 },
});

/** A run in calm weather: one POST for each thing that is said, or for several together, and what people do. */
export function scene(
  tenant: Tenant,
  said: readonly (Said | readonly [Said, ...Said[]])[],
  deeds: readonly PlannedDeed[] = [],
  weather: Partial<Scenario['weather']> = {},
): Scenario {
  return {
    ...{ tenants: [tenant], deeds, isRead: true, visit: undefined, sweep: BEGIN + 30 * SECOND },
    posts: said.map((one) => postOf(tenant, 'key' in one ? [one] : one)),
    weather: {
      ...{ kills: 0, throttle: 0, conflict: 0, failBefore: 0, lost: 0, unprocessed: 0, duplicates: 0 },
      ...{ indexLag: 0, skew: undefined, refusal: 0, expiry: 0, outage: BEGIN },
      ...weather,
    },
  };
}

function postOf(tenant: Tenant, said: readonly [Said, ...Said[]]): Post {
  return { at: BEGIN + said[0].at * SECOND, tenant, tries: 0, alerts: said.map(alertOf) };
}

function alertOf({ at, timestamp = at, ...said }: Said): PlannedAlert {
  const { key, state, service = 'checkout', severity = 'P1_CRITICAL' } = said;
  const title = `${key} fails`;
  return { key, title, service, severity, state, timestamp: BEGIN + timestamp * SECOND };
}
