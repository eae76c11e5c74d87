import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { incidentRow, pointerWrite } from '../../functions/aws/incident-rows.ts';
import type { Severity } from '../../shared/alerts/index.ts';
import { type Incident, isOpen } from '../../shared/incidents/index.ts';
import {
  DAY,
  type Duration,
  HOUR,
  type Instant,
  idOf,
  MINUTE,
  type OrganisationId,
  SECOND,
} from '../../shared/kernel/index.ts';
import { Random } from '../simulation/random.ts';

interface Wanted {
  readonly org: OrganisationId;
  readonly count: number;
  /** When the last one was opened. */
  readonly until: Instant;
  readonly over?: Duration;
  readonly seed?: number;
  /** How many of the latest are still open. */
  readonly open?: number;
}

const services: readonly (readonly [service: string, policy: string | undefined, title: string])[] = [
  ['checkout', 'payments', 'Checkout answers 5xx'],
  ['checkout', 'payments', 'Checkout is slow'],
  ['payments-database', 'data', 'Connections are refused'],
  ['search', 'shop', 'Search finds nothing'],
  ['website', 'shop', 'Pages load slowly'],
  ['mailer', undefined, 'Mails wait in the queue'],
];

const severityAt = (share: number): Severity =>
  share < 0.12 ? 'P1_CRITICAL' : share < 0.4 ? 'P2_HIGH' : share < 0.8 ? 'P3_MEDIUM' : 'P4_LOW';

/** Minutes until somebody acknowledges and until the harm ends, in the middle. */
const usual: Readonly<Record<Severity, readonly [acknowledged: number, mitigated: number]>> = {
  P1_CRITICAL: [4, 45],
  P2_HIGH: [7, 80],
  P3_MEDIUM: [18, 150],
  P4_LOW: [60, 400],
  P5_INFO: [60, 400],
};

/**
 * Heads of incidents over a time, by default a year, as chance with a seed would have them: more by day than at night and after
 * deployments in the afternoon, slower to be answered at weekends, mitigated a little faster from month to month. Some are merged,
 * deleted, declared by hand, over by themselves, of an older version of the program, or of a source whose clock is ahead.
 */
export function generatedYear({
  org,
  count,
  until,
  over = 365 * DAY,
  seed = 1,
  open = 0,
}: Wanted): readonly Incident[] {
  const random = new Random(seed);
  const times = Array.from({ length: count }, () => openedIn(random, until - over, over)).sort(
    (a, b) => a - b,
  );
  return times.map((openedAt, i) => {
    const stillOpen = i >= count - open;
    const at = stillOpen ? until - (count - i) * 17 * MINUTE : openedAt;
    return incidentAt(random, { org, number: i + 1, at, age: (until - at) / over, open: stillOpen, until });
  });
}

function openedIn(random: Random, from: Instant, over: Duration): Instant {
  for (;;) {
    const at = from + Math.floor(random.next() * over);
    const when = new Date(at);
    const isWeekend = when.getUTCDay() === 0 || when.getUTCDay() === 6;
    const hour = when.getUTCHours();
    const busy = hour >= 13 && hour < 17 ? 1 : hour >= 8 && hour < 20 ? 0.6 : 0.2;
    if (random.chance(isWeekend ? busy * 0.4 : busy)) return at;
  }
}

interface One {
  readonly org: OrganisationId;
  readonly number: number;
  readonly at: Instant;
  /** From 0, the latest, to 1. */
  readonly age: number;
  readonly open: boolean;
  readonly until: Instant;
}

/** When what happened, by chance; some of it may lie beyond the end. */
function momentsOf(random: Random, { at, age, severity, byHand }: Pick<One, 'at' | 'age'> & Character) {
  const [acknowledged, mitigated] = usual[severity];
  const around = (middle: number) =>
    middle * MINUTE * Math.exp((random.next() + random.next() + random.next() - 1.5) * 1.4);
  const slow = [0, 6].includes(new Date(at).getUTCDay()) ? 6 : 1;
  const ahead = random.chance(0.004) ? 2 * MINUTE : 0;
  const detectedAt = at + (byHand ? 0 : Math.round(random.next() * 90 * SECOND)) - ahead;
  const acknowledgedAt = Math.round(detectedAt + around(acknowledged) * slow);
  const mitigatedAt = Math.round(acknowledgedAt + around(mitigated) * (1 + age * 0.8));
  return { detectedAt, acknowledgedAt, mitigatedAt, resolvedAt: Math.round(mitigatedAt + around(15)) };
}

interface Character {
  readonly severity: Severity;
  readonly byHand: boolean;
}

const by = { kind: 'person', id: 'grace', name: 'Grace Hopper' } as const;

function incidentAt(random: Random, one: One): Incident {
  const { org, number, at, open, until } = one;
  const severity = open && number % 3 === 0 ? 'P1_CRITICAL' : severityAt(random.next());
  const [service, policy, title] = random.pick(services);
  const byHand = random.chance(0.08);
  const moments = momentsOf(random, { ...one, severity, byHand });
  const common = {
    ...{ org, id: idOf('incident', at, org, String(number)), number, version: 4, generation: 1 },
    ...{
      title: `${title} (${number})`,
      severity,
      openedAt: at,
      updatedAt: Math.min(moments.resolvedAt, until),
    },
    ...(service !== 'mailer' || random.chance(0.8) ? { service } : {}),
    ...(policy !== undefined && { policy }),
    openedBy: { kind: 'system', id: 'detection' },
    ...(!byHand && { correlation: { hash: `h${number}`, rule: 'default', key: `service=${service}` } }),
  } as const;
  return open ? opened(common, moments, until) : closed(random, { ...one, common, moments, byHand });
}

type Common = Omit<Extract<Incident, { state: 'resolved' }>, 'state' | 'resolvedAt' | 'resolvedBy'>;
type Moments = ReturnType<typeof momentsOf>;

function opened(common: Common, { detectedAt, acknowledgedAt }: Moments, until: Instant): Incident {
  if (common.number % 2 === 1 || acknowledgedAt >= until)
    return { ...common, points: { detectedAt }, state: 'triggered', step: 1 };
  const points = { detectedAt, acknowledgedAt };
  return { ...common, points, state: 'acknowledged', acknowledgedAt, acknowledgedBy: by };
}

interface Closing extends One {
  readonly common: Common;
  readonly moments: Moments;
  readonly byHand: boolean;
}

function closed(random: Random, { common, moments, byHand, org, at, age, until }: Closing): Incident {
  const { detectedAt, acknowledgedAt, mitigatedAt } = moments;
  const alone = !byHand && random.chance(common.severity === 'P4_LOW' ? 0.6 : 0.08);
  const end = alone ? detectedAt + 9 * MINUTE : Math.min(moments.resolvedAt, until);
  const reached = (point: Instant) => !alone && point <= end;
  const points = {
    detectedAt,
    ...(reached(acknowledgedAt) && { acknowledgedAt }),
    ...(alone ? { mitigatedAt: end } : reached(mitigatedAt) && random.chance(0.85) && { mitigatedAt }),
  };
  return {
    ...common,
    ...(age <= 0.97 && { points }),
    ...{ state: 'resolved', resolvedAt: end, resolvedBy: by },
    ...(random.chance(0.03) && { mergedInto: idOf('incident', at - HOUR, org, 'other') }),
    ...(random.chance(0.01) && { deletedAt: end }),
  };
}

/** Writes heads past all rules, with what lists the open ones. */
export async function writeIncidents(
  client: DynamoDBDocumentClient,
  tableName: string,
  incidents: readonly Incident[],
): Promise<void> {
  const rows = incidents.flatMap((incident) => {
    const pointer = isOpen(incident) ? pointerWrite(incident) : undefined;
    return [incidentRow(incident), ...(pointer && 'put' in pointer ? [pointer.put] : [])];
  });
  for (let i = 0; i < rows.length; i += 25) {
    const requests = rows.slice(i, i + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
  }
}
