import { gzipSync } from 'node:zlib';
import { type Severity, severities } from '../../shared/alerts/index.ts';
import { type Configuration, configurationSchema } from '../../shared/configuration/index.ts';
import {
  type Duration,
  type Instant,
  type IntegrationId,
  idOf,
  MINUTE,
  type OrganisationId,
  SECOND,
} from '../../shared/kernel/index.ts';
import type { Random } from './random.ts';

/** When every run begins. */
export const BEGIN: Instant = Date.UTC(2026, 10, 23, 3, 0, 0);

/** An organisation with its source of alerts. */
export interface Tenant {
  readonly org: OrganisationId;
  readonly integration: IntegrationId;
  readonly key: string;
  readonly configuration: Configuration;
  /** The configuration as it is stored. */
  readonly body: Uint8Array;
}

/** One POST of a sender. */
export interface Post {
  readonly at: Instant;
  readonly tenant: Tenant;
  readonly alerts: readonly PlannedAlert[];
  readonly tries: number;
}

export interface PlannedAlert {
  readonly key: string;
  readonly title: string;
  readonly service: string;
  readonly severity: Severity;
  readonly state: 'firing' | 'resolved';
  readonly timestamp: Instant;
}

export const deeds = [
  'answer',
  'acknowledge',
  'resolve',
  'reopen',
  'note',
  'rename',
  'raise',
  'configure',
] as const;
export type Deed = (typeof deeds)[number];

/** What a person does at a time, to the n-th of the incidents that are there. */
export interface PlannedDeed {
  readonly at: Instant;
  readonly deed: Deed;
  readonly which: number;
  readonly tries: number;
}

/** How rough a run is. */
export interface Weather {
  readonly kills: number;
  readonly throttle: number;
  readonly conflict: number;
  readonly failBefore: number;
  readonly lost: number;
  readonly unprocessed: number;
  readonly indexLag: Duration;
  readonly duplicates: number;
  /** How far the clock of one environment is wrong, and of which number. */
  readonly skew: { readonly by: Duration; readonly place: number } | undefined;
  /** Until when no detector runs. */
  readonly outage: Instant;
  /** Until when the mail provider takes no mail. */
  readonly refusal: Instant;
  /** How long it is from one time that TTL deletes what is over to the next; 0 when it never does. */
  readonly expiry: Duration;
}

/** Everything of a run that is decided before it begins. */
export interface Scenario {
  readonly tenants: readonly Tenant[];
  readonly posts: readonly Post[];
  readonly deeds: readonly PlannedDeed[];
  readonly weather: Weather;
  /** Whether all logs are read in the end. */
  readonly isRead: boolean;
  /** When somebody opens a room. */
  readonly visit: Instant | undefined;
  /** When the system sweeps first. */
  readonly sweep: Instant;
}

const variants = [
  { rules: [], levels: [['ann']] },
  {
    rules: [{ id: 'all', name: 'All', actions: { assignToTeam: 'ops' } }],
    levels: [['ann'], ['bob', 'ann']],
  },
  {
    rules: [
      {
        id: 'noise',
        name: 'Noise',
        conditions: { alertPattern: 'noise' },
        actions: { createIncident: false },
      },
      {
        id: 'two',
        name: 'Two',
        conditions: { threshold: 2, timeWindow: 180 },
        actions: { escalateAfter: 90 },
      },
    ],
    levels: [['ann', 'bob'], ['bob']],
  },
  {
    rules: [{ id: 'one', name: 'One', group: { by: ['integration'] } }],
    levels: [['ann'], ['bob'], ['ann']],
  },
] as const;

/** The variant whose threshold is two, and the one with most steps, which is dear and so played less often. */
const COUNTING = 2;
const LONGEST = 3;

const people = [
  { id: 'ann', name: 'Ann', email: 'ann@example.com' },
  { id: 'bob', name: 'Bob', email: 'bob@example.com' },
];

const tenants: readonly (readonly Tenant[])[] = ['a', 'b'].map((name) =>
  variants.map(({ rules, levels }, place) => {
    const org = idOf('organisation', BEGIN, name);
    const delays = [60, 1_200, 300];
    const policies = [
      {
        ...{ id: 'ops', name: 'Ops', repeat: place === LONGEST ? 1 : 0 },
        levels: levels.map((targets, i) => ({ targets, delay: delays[(i + place) % delays.length] })),
      },
    ];
    const configuration = configurationSchema.parse({ people, policies, rules });
    return {
      ...{ org, configuration, integration: idOf('integration', BEGIN, name) },
      key: `key-of-integration-${name}`,
      body: gzipSync(JSON.stringify(configuration)),
    };
  }),
);

/** How often a call fails where most do. */
const ROUGHEST = 0.04;

/** Draws a small world: a few alerts of few services, one or two organisations, some people and some faults. */
export function drawScenario(random: Random): Scenario {
  const isCounted = random.chance(0.15);
  const chosen = tenants
    .slice(0, random.chance(0.3) ? 2 : 1)
    .map((all) => all[isCounted ? COUNTING : random.pick([0, 0, 1, 1, 2, 2, LONGEST])] ?? random.pick(all));
  const length = random.pick([2 * MINUTE, 5 * MINUTE, 12 * MINUTE]);
  const isClose = isCounted || random.chance(0.3);
  const tight = isCounted ? countedTogether : closeCall;
  const posts: Post[] = isClose ? tight(random, random.pick(chosen)) : [];
  for (let count = random.pick([2, 2, 2, 3, 4]) - posts.length; count > 0; count--)
    posts.push(drawPost(random, random.pick(chosen), drawTime(random, posts, length)));
  const isQuiet = isClose || random.chance(0.3);
  return {
    tenants: chosen,
    posts,
    deeds: Array.from({ length: isQuiet ? 0 : random.whole(1, 2) }, () => drawDeed(random, length)),
    weather: drawWeather(random, isCounted && random.chance(0.75)),
    isRead: random.chance(0.3),
    visit: random.chance(0.25) ? BEGIN + random.whole(0, length) : undefined,
    sweep: BEGIN + random.whole(0, 2 * MINUTE),
  };
}

/**
 * How long it is from one sweep to the next: longer than on AWS, where it is a minute, since most sweeps find nothing and cost much. So
 * it meets workers more rarely here than there; and still comes before the 15 minutes within which it must send a step.
 */
export const SWEEPING: Duration = 10 * MINUTE;

/** One alert comes when the incident of another is just being settled. */
function closeCall(random: Random, tenant: Tenant): Post[] {
  const beginning = [
    ...[said(tenant, 'a', 'firing', 0), said(tenant, 'a', 'resolved', 5), said(tenant, 'b', 'firing', 15)],
  ];
  return random.chance(0.5) ? beginning : [...beginning, said(tenant, 'b', 'resolved', random.whole(16, 30))];
}

/** Two alerts that only count together come so close that both are under way. Much must go wrong for one to be missed. */
function countedTogether(random: Random, tenant: Tenant): Post[] {
  return ['a', 'b'].map((key) => said(tenant, key, 'firing', random.whole(0, 250) / 1_000));
}

function said(tenant: Tenant, key: string, state: PlannedAlert['state'], seconds: number): Post {
  const at = BEGIN + seconds * SECOND;
  const alert = { key, title: `${key} fails`, service: 'checkout', severity: 'P1_CRITICAL', state } as const;
  return { at, tenant, tries: 0, alerts: [{ ...alert, timestamp: at }] };
}

/** Any time; or as long after an earlier POST as things take here: at once, and when an incident is settled. */
function drawTime(random: Random, posts: readonly Post[], length: Duration): Instant {
  if (posts.length === 0 || random.chance(0.4)) return BEGIN + random.whole(0, length / SECOND) * SECOND;
  return random.pick(posts).at + random.pick([0, 0, 1, 10, 11, 12]) * SECOND;
}

function drawPost(random: Random, tenant: Tenant, at: Instant): Post {
  const count = random.chance(0.8) ? 1 : 2;
  return {
    ...{ at, tenant, tries: 0 },
    alerts: Array.from({ length: count }, () => drawAlert(random, at)),
  };
}

function drawAlert(random: Random, at: Instant): PlannedAlert {
  const key = random.pick(['a', 'a', 'b', 'c', 'noise']);
  const late = random.chance(0.3) ? random.whole(0, 240) * SECOND : 0;
  return {
    ...{ key, title: `${key} fails`, service: key === 'c' ? 'search' : 'checkout' },
    severity: random.chance(0.8) ? 'P1_CRITICAL' : random.pick(severities),
    state: random.chance(0.65) ? 'firing' : 'resolved',
    timestamp: Math.max(BEGIN, at - late),
  };
}

function drawDeed(random: Random, length: Duration): PlannedDeed {
  const deed = random.chance(0.1) ? 'configure' : random.pick(deeds);
  // Rules that change after the last alert decide nothing any more.
  const until = deed === 'configure' ? length / 2 : 2 * length;
  return {
    at: BEGIN + random.whole(0, until),
    deed,
    which: random.whole(0, 9),
    tries: 0,
  };
}

function drawWeather(random: Random, isRough: boolean): Weather {
  const rough = isRough ? ROUGHEST : random.pick([0, 0.01, ROUGHEST]);
  const isSkewed = random.chance(0.1);
  return {
    kills: !isRough && random.chance(0.3) ? 0 : random.whole(1, 4),
    throttle: rough,
    conflict: rough * 3,
    failBefore: rough,
    lost: rough,
    unprocessed: rough,
    indexLag: random.chance(0.5) ? 2 * SECOND : 0,
    duplicates: random.pick([0, 0.1, 0.3]),
    skew: isSkewed ? { by: random.pick([-10, 10]) * MINUTE, place: random.whole(1, 8) } : undefined,
    outage: random.chance(0.1) ? BEGIN + random.whole(1, 30) * MINUTE : BEGIN,
    refusal: random.chance(0.14) ? BEGIN + random.whole(20, 120) * SECOND : BEGIN,
    expiry: random.pick([0, MINUTE, 7 * MINUTE]),
  };
}
