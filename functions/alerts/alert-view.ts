import type * as z from 'zod';
import type { alertsApi } from '../../shared/alerts/api.ts';
import type { KeptSignal, SearchedAlert } from '../../shared/alerts/index.ts';
import {
  type AlertHead,
  type FlappingSettings,
  firingIn,
  flapsUntil,
  isHeldNow,
  occurrencesOf,
  type Rule,
  ruledBy,
  stateOf,
} from '../../shared/detection/index.ts';
import { type Incident, nameOf, sortedLabels } from '../../shared/incidents/index.ts';
import { type Instant, Refusal, toText } from '../../shared/kernel/index.ts';

type Listed = z.input<(typeof alertsApi)['list-alerts']['answer']>['items'][number];
type Whole = z.input<(typeof alertsApi)['get-alert']['answer']>;

/** An alert of which something was received: what it is now, and the last signal that was found of it. */
export interface FoundAlert {
  readonly head: AlertHead | undefined;
  readonly last: KeptSignal | undefined;
  /** Until when it counts as flapping; absent when it does not now. */
  readonly flapsUntil?: Instant;
}

/** What is found of an alert, and whether it flaps at a time by the organisation's settings. */
export function foundAlert(
  head: AlertHead | undefined,
  last: KeptSignal | undefined,
  { flapping, now }: { readonly flapping: FlappingSettings; readonly now: Instant },
): FoundAlert {
  const until = head && flapsUntil(head, flapping);
  return { head, last, ...(until !== undefined && until > now && { flapsUntil: until }) };
}

export const noAlert = (id: string): Refusal =>
  new Refusal('not_found', `There is no alert '${id}' here.`, 'path.id');

/** As it is searched. */
export function searchedOf({ head, last, flapsUntil: until }: FoundAlert): SearchedAlert | undefined {
  const about = head ?? (last && { ...last.signal, ...last.from });
  if (!about) return undefined;
  const { title, severity, service, integration, source, labels } = about;
  return {
    ...{ title, severity, service, integration, source, labels },
    state: (head && stateOf(head)) ?? 'unknown',
    isInIncident: head !== undefined && head.memberships.length > 0,
    isSuppressed: head !== undefined && isHeldNow(head),
    isFlapping: until !== undefined,
  };
}

/** An alert as the list shows it; with rules, also what these leave of it. */
export function viewListed(
  id: string,
  found: FoundAlert,
  incidents: ReadonlyMap<string, Incident>,
  rules?: readonly Rule[],
): Listed | undefined {
  const { head, last, flapsUntil: until } = found;
  const searched = searchedOf(found);
  if (!searched) return undefined;
  const { title, severity, service, integration, source, labels, state } = searched;
  const current = head && occurrencesOf(head).at(-1);
  const incident = head?.memberships[0] && incidents.get(head.memberships[0].incident);
  const receivedAt = last?.from.receivedAt;
  return {
    ...{
      id,
      title: title ?? 'Alert without a title',
      state,
      integration,
      source,
      labels: sortedLabels(labels),
    },
    ...(severity !== undefined && { severity }),
    ...(service !== undefined && { service }),
    ...(current && { firedAt: toText(current.from) }),
    ...(current?.to !== undefined && { endedAt: toText(current.to) }),
    ...(receivedAt !== undefined && { receivedAt: toText(receivedAt) }),
    ...(incident && { incident: viewPlace(incident) }),
    ...(rules && viewRuled(rules, found, searched)),
    ...(head && searched.isSuppressed && suppressedOf(head)),
    ...(until !== undefined && { flapping: true as const, flapsUntil: toText(until) }),
  };
}

/** What of an alert's last firing the rules leave otherwise than it is shown. */
function viewRuled(
  rules: readonly Rule[],
  { head, last }: FoundAlert,
  shown: SearchedAlert,
): Pick<Listed, 'ruled'> {
  const firing = last?.signal.state === 'firing' ? last : head && firingIn(head);
  if (!firing) return {};
  const { labels } = firing.signal;
  const { severity, title = firing.signal.title, service = firing.signal.service } = ruledBy(rules, firing);
  const hasMore = Object.keys(labels).length > Object.keys(shown.labels).length;
  const ruled = {
    ...(title !== undefined && title !== shown.title && { title }),
    ...(service !== undefined && service !== shown.service && { service }),
    ...(severity !== shown.severity && { severity }),
    ...(hasMore && { labels: sortedLabels(labels) }),
  };
  return Object.keys(ruled).length > 0 ? { ruled } : {};
}

const viewPlace = (incident: Incident) => ({
  ...{ id: incident.id, name: nameOf(incident), title: incident.title, state: incident.state },
});

function suppressedOf({ suppressed }: AlertHead): Pick<Listed, 'suppressed'> {
  if (!suppressed) return {};
  const { by, kind, why, until } = suppressed;
  return { suppressed: { by, kind, why, until: toText(until) } };
}

/** An alert with all that is kept of it. */
export function viewWhole(
  id: string,
  found: FoundAlert,
  incidents: ReadonlyMap<string, Incident>,
): Whole | undefined {
  const listed = viewListed(id, found, incidents);
  if (!listed) return undefined;
  const { head } = found;
  const occurrences = head ? occurrencesOf(head).toReversed() : [];
  const memberships = (head?.memberships ?? []).filter(({ incident }) => incidents.has(incident));
  return {
    ...listed,
    links: (head?.links ?? []).map(({ href, text }) => ({ href, text })),
    occurrences: occurrences.map(({ from, last, to }) => viewTimes(from, last, to)),
    memberships: memberships.map(({ incident, generation, why }) => ({ incident, generation, why })),
  };
}

const viewTimes = (from: Instant, last: Instant, to: Instant | undefined) => ({
  ...{ from: toText(from), lastFiredAt: toText(last) },
  ...(to !== undefined && { to: toText(to) }),
});
