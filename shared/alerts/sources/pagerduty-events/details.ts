import { type Instant, isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { isNoTime, readInstant } from '../../event-time.ts';
import { serviceIn } from '../../labels.ts';
import { textOf } from '../../reading.ts';
import { type Severity, severities, severityOf } from '../../severity.ts';
import type { SignalState } from '../../signal.ts';
import { descriptionFrom } from '../alertmanager/index.ts';

/** What the alerts of a group say that Alertmanager sent in PagerDuty's form. */
export interface DetailedGroup {
  readonly description: string | undefined;
  readonly service: string | undefined;
  readonly severity: Severity | undefined;
  readonly time: unknown;
}

/**
 * Alertmanager as a sender puts the alerts of a group into `custom_details.firing` and `.resolved`: lists in newer versions,
 * text blocks in older ones, which are shown as they are. The first alert speaks for the group; its severity is the worst of all.
 * An alert without a severity has that of the event, `otherwise`.
 */
export function groupInDetails(
  details: JsonRecord,
  state: SignalState,
  otherwise: Severity | undefined,
): DetailedGroup | undefined {
  const list: unknown = state === 'resolved' ? details.resolved : details.firing;
  const alerts = Array.isArray(list) ? list.filter(isRecord) : [];
  const [first] = alerts;
  if (first === undefined) return blockOf(list);
  const said = alerts.map(({ labels }) => severityOf(recordOf(labels).severity) ?? otherwise);
  return {
    description: descriptionFrom(recordOf(first.annotations)),
    service: serviceIn(recordOf(first.labels)),
    severity: severities.find((severity) => said.includes(severity)),
    time: state === 'resolved' ? latestEnd(alerts) : startOf(first),
  };
}

const startOf = ({ startsAt }: JsonRecord): unknown => (isNoTime(startsAt) ? undefined : startsAt);

/** A group is over when the last of its alerts is. */
function latestEnd(alerts: readonly JsonRecord[]): Instant | undefined {
  let latest: Instant | undefined;
  for (const { endsAt } of alerts) {
    const end = isNoTime(endsAt) ? undefined : readInstant(endsAt);
    if (end !== undefined && end >= (latest ?? end)) latest = end;
  }
  return latest;
}

function blockOf(list: unknown): DetailedGroup | undefined {
  const description = textOf(list);
  return description === undefined
    ? undefined
    : { description, service: undefined, severity: undefined, time: undefined };
}
