import { isRecord, type JsonRecord, recordOf } from '../../../kernel/index.ts';
import { isNoTime } from '../../event-time.ts';
import { serviceIn } from '../../labels.ts';
import { textOf } from '../../reading.ts';
import { type Severity, severityOf } from '../../severity.ts';
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
 * text blocks in older ones, which are shown as they are. The first alert speaks for the group.
 */
export function groupInDetails(details: JsonRecord, state: SignalState): DetailedGroup | undefined {
  const list = state === 'resolved' ? details.resolved : details.firing;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  if (!isRecord(first)) return blockOf(list);
  const labels = recordOf(first.labels);
  const time = state === 'resolved' ? first.endsAt : first.startsAt;
  return {
    description: descriptionFrom(recordOf(first.annotations)),
    service: serviceIn(labels),
    severity: severityOf(labels.severity),
    time: isNoTime(time) ? undefined : time,
  };
}

function blockOf(list: unknown): DetailedGroup | undefined {
  const description = textOf(list);
  return description === undefined
    ? undefined
    : { description, service: undefined, severity: undefined, time: undefined };
}
