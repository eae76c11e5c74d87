import {
  cut,
  type Duration,
  HOUR,
  type Instant,
  isRecord,
  type JsonRecord,
  MINUTE,
  toText,
} from '../../kernel/index.ts';
import { textOf } from '../reading.ts';
import { severityOf } from '../severity.ts';
import {
  type Heartbeat,
  type HeartbeatPlan,
  heartbeatLimits,
  heartbeatNames,
  stateOfHeartbeat,
  USUAL_GRACE,
} from './heartbeat.ts';

const units: Readonly<Record<string, Duration>> = { minutes: MINUTE, hours: HOUR, days: 24 * HOUR };

/** What a body of Opsgenie's heartbeat API asks for, or what is wrong with it: each sentence after its field. */
export type SaidHeartbeat =
  | { readonly name: string; readonly plan: Partial<HeartbeatPlan> & Pick<HeartbeatPlan, 'interval'> }
  | { readonly faults: readonly [string, ...string[]] };

/** Reads a heartbeat as Opsgenie's clients send it; `known` is what stands where the body says nothing. */
export function readOpsgenieHeartbeat(body: unknown, known?: Heartbeat): SaidHeartbeat {
  const said = isRecord(body) ? body : {};
  const faults: string[] = [];
  const name = known?.name ?? textOf(said.name)?.trim() ?? '';
  if (!heartbeatNames.test(name) || name.length > heartbeatLimits.name)
    faults.push(
      'name: Must be 1 to 200 letters, digits, spaces and . _ : @ -, beginning with a letter or digit',
    );
  const interval = intervalOf(said, known);
  if (interval === undefined)
    faults.push(
      'interval: Must be a whole number of at least 1, with intervalUnit minutes, hours or days, of at most 366 days',
    );
  const [first, ...rest] = faults;
  if (first !== undefined || interval === undefined) return { faults: [first ?? '', ...rest] };
  return {
    name,
    plan: { ...wordsIn(said), ...(known === undefined ? { grace: USUAL_GRACE } : {}), interval },
  };
}

function intervalOf(said: JsonRecord, known: Heartbeat | undefined): Duration | undefined {
  if (said.interval === undefined && said.intervalUnit === undefined && known) return known.interval;
  const unit = units[(textOf(said.intervalUnit) ?? 'minutes').toLowerCase()];
  const count = Number(textOf(said.interval) ?? Number.NaN);
  if (unit === undefined || !Number.isInteger(count) || count < 1) return undefined;
  return count * unit <= heartbeatLimits.interval * MINUTE ? count * unit : undefined;
}

function wordsIn(said: JsonRecord): Partial<HeartbeatPlan> {
  const severity = severityOf(said.alertPriority);
  const title = cut(textOf(said.alertMessage)?.trim() ?? '', 250);
  const description = cut(textOf(said.description)?.trim() ?? '', 1_000);
  const owner = isRecord(said.ownerTeam) ? textOf(said.ownerTeam.name ?? said.ownerTeam.id) : undefined;
  const tags = Array.isArray(said.alertTags) ? said.alertTags.slice(0, heartbeatLimits.tags) : undefined;
  const named = tags?.flatMap((tag: unknown) => cut(textOf(tag) ?? '', 50) || []);
  return {
    ...(typeof said.enabled === 'boolean' && { enabled: said.enabled }),
    ...(severity && { severity }),
    ...(title && { alertTitle: title }),
    ...(description && { description }),
    ...(owner && { ownerTeam: cut(owner, 100) }),
    ...(named && { tags: named }),
  };
}

/** A heartbeat as Opsgenie's API shows it; the interval in the largest unit that it is whole in. */
export function asOpsgenieHeartbeat(heartbeat: Heartbeat, now: Instant): JsonRecord {
  const { name, enabled, interval, description = '', ownerTeam, lastPingAt, severity } = heartbeat;
  const { alertTitle = '', tags = [] } = heartbeat;
  const [unit = 'minutes', length = MINUTE] =
    Object.entries(units).findLast(([, one]) => interval % one === 0) ?? [];
  return {
    ...{ name, description, interval: interval / length, intervalUnit: unit, enabled },
    expired: stateOfHeartbeat(heartbeat, now) === 'missed',
    ...(ownerTeam !== undefined && { ownerTeam: { name: ownerTeam } }),
    ...{ alertMessage: alertTitle, alertTags: tags, alertPriority: severity.slice(0, 2) },
    ...(lastPingAt !== undefined && { lastPingTime: toText(lastPingAt) }),
  };
}
