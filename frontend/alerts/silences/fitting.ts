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

/** How many fit, in a sentence. Where not all that fire were looked at, none is never said without that. */
export function fittingText(
  count: number,
  { alerts, isWhole }: { readonly alerts: readonly unknown[]; readonly isWhole: boolean },
): string {
  if (count === 0 && isWhole) return 'Fits no alert that fires now.';
  const looked = `Only the ${alerts.length} that were heard of last were looked at; more fire, and it may fit those, too.`;
  if (count === 0) return `Not known yet whether it fits an alert that fires now. ${looked}`;
  const fits = count === 1 ? '1 alert that fires' : `${count} alerts that fire`;
  return isWhole ? `Fits ${fits} now:` : `Fits at least ${fits} now. ${looked}`;
}

interface Made {
  readonly touches: {
    readonly alerts: number;
    readonly incidents: number;
    readonly isWhole: boolean;
    readonly lookedAt?:
      | { readonly alerts: number; readonly incidents: number; readonly ofIncidents: number }
      | undefined;
  };
}

/** What is said of one that was made: what of the open incidents it fits, by the answer of the API, which looks into all that seem to be meant. */
export function madeText({ touches: { alerts, incidents, isWhole, lookedAt } }: Made): string {
  const most = isWhole ? '' : 'at least ';
  if (alerts > 0) {
    const those = alerts === 1 ? '1 alert that fires' : `${alerts} alerts that fire`;
    const where =
      incidents === 1 ? '1 open incident, which goes on' : `${incidents} open incidents, which go on`;
    return `It holds now. It fits ${most}${those} in ${where}.`;
  }
  return lookedAt === undefined
    ? 'It holds now. It fits no alert that fires in an open incident.'
    : `It holds now. It fits none of the ${lookedAt.alerts} alerts that were looked at, in ${lookedAt.incidents} of ${lookedAt.ofIncidents} open incidents.`;
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
