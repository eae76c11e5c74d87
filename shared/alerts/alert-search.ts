import type { IntegrationId } from '../kernel/index.ts';
import { type Matcher, matches, type Subject } from './quiet/matcher.ts';
import type { Severity } from './severity.ts';
import type { SignalState } from './signal.ts';
import type { Origin } from './sources/index.ts';

/** An alert as far as it is searched. */
export interface SearchedAlert {
  readonly title?: string | undefined;
  readonly state: SignalState | 'unknown';
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly integration: IntegrationId;
  readonly source: Origin;
  readonly labels: Readonly<Record<string, string>>;
  readonly isInIncident: boolean;
  readonly isSuppressed: boolean;
  readonly isFlapping: boolean;
}

/** What is asked of alerts; all that is said must hold. */
export interface AlertSearch {
  readonly state?: SearchedAlert['state'] | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly integration?: IntegrationId | undefined;
  /** Words that all stand in title, service or labels, whatever their case. */
  readonly text?: string | undefined;
  readonly match?: readonly Matcher[] | undefined;
  readonly incident?: boolean | undefined;
  readonly suppressed?: boolean | undefined;
  readonly flapping?: boolean | undefined;
}

/** Whether an alert is what is asked for. */
export function isSought(alert: SearchedAlert, search: AlertSearch): boolean {
  return (
    is(search.state, alert.state) &&
    is(search.severity, alert.severity) &&
    is(search.service, alert.service) &&
    is(search.integration, alert.integration) &&
    is(search.incident, alert.isInIncident) &&
    is(search.suppressed, alert.isSuppressed) &&
    is(search.flapping, alert.isFlapping) &&
    hasWords(alert, search.text) &&
    (search.match ?? []).every((matcher) => matches(matcher, subjectOfAlert(alert)))
  );
}

const is = <Value>(wanted: Value | undefined, found: Value | undefined): boolean =>
  wanted === undefined || wanted === found;

function hasWords({ title = '', service = '', labels }: SearchedAlert, text: string | undefined): boolean {
  if (text === undefined) return true;
  const all = [title, service, ...Object.entries(labels).map((pair) => pair.join('='))]
    .join('\n')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}

/** What matchers see of an alert as it stands. */
export function subjectOfAlert({
  labels,
  title,
  service,
  severity,
  source,
  integration,
}: Pick<SearchedAlert, 'labels' | 'title' | 'service' | 'severity'> & {
  readonly source: string;
  readonly integration: string;
}): Subject {
  return {
    labels,
    fields: {
      ...{ source, integration },
      ...(title !== undefined && { title }),
      ...(service !== undefined && { service }),
      ...(severity !== undefined && { severity }),
    },
  };
}
