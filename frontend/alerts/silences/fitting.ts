import { subjectOfAlert } from '../../../shared/alerts/alert-search.ts';
import { serviceNamed } from '../../../shared/alerts/labels.ts';
import { type Matcher, matcherInput, matches } from '../../../shared/alerts/quiet/matcher.ts';
import type { ListedAlert } from '../single/use-alert-list.ts';
import { linesOf, type SilenceDraft, servicesOf } from './silence-draft.ts';

/** Those of the alerts that a draft of a silence or a maintenance window is about, by the code that decides it later, as the rules leave them. */
export function fittingOf(draft: SilenceDraft, listed: readonly ListedAlert[]): readonly ListedAlert[] {
  const alerts = listed.map(asRuled);
  if (draft.kind === 'maintenance') {
    const services = new Set(servicesOf(draft.services).map((name) => serviceNamed(name) ?? name));
    return alerts.filter(({ service }) => service !== undefined && services.has(service));
  }
  // What the API refuses is not run: a pattern that is half written, or that would take long.
  const matchers = linesOf(draft.matchers).map((line) => matcherInput.safeParse(line).data);
  if (matchers.length === 0 || !matchers.every((one): one is Matcher => one !== undefined)) return [];
  return alerts.filter((alert) => matchers.every((matcher) => matches(matcher, subjectOfAlert(alert))));
}

function asRuled(alert: ListedAlert): ListedAlert {
  const { title = alert.title, labels = alert.labels, ...ruled } = alert.ruled ?? {};
  return { ...alert, ...ruled, title, labels };
}

/** How many fit, in a sentence; at least so many when not all were looked at. */
export function fittingText(count: number, isWhole: boolean): string {
  if (count === 0)
    return isWhole ? 'Fits no alert that fires now.' : 'Fits none of the alerts that were looked at.';
  const alerts = count === 1 ? '1 alert that fires' : `${count} alerts that fire`;
  return `Fits ${isWhole ? '' : 'at least '}${alerts} now:`;
}

/** Incidents that are named; of others it is told how many. */
const MOST_NAMED = 3;

/** What becomes of the open incidents that those alerts are in and that nobody has acknowledged; undefined when there are none. */
export function goingOnText(kind: SilenceDraft['kind'], fitting: readonly ListedAlert[]): string | undefined {
  const names = [
    ...new Set(fitting.flatMap(({ incident }) => (incident?.state === 'triggered' ? [incident.name] : []))),
  ];
  if (names.length === 0) return undefined;
  const more = names.length - MOST_NAMED;
  const named = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])];
  const isOne = names.length === 1;
  const open = `${new Intl.ListFormat('en').format(named)} ${isOne ? 'is open and goes' : 'are open and go'} on`;
  if (kind === 'maintenance')
    return `${open}: the next page waits for the end, unless alerts of other services are in ${isOne ? 'it' : 'them'}.`;
  return `${open} paging: acknowledge ${isOne ? 'it' : 'them'}, or keep the service quiet as maintenance instead.`;
}
