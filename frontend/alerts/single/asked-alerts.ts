import { type Severity, severities } from '../../../shared/alerts/severity.ts';
import { HOUR, type Instant, toText } from '../../../shared/kernel/time.ts';

/** The states that are offered, as people call them. */
export const stateChoices = {
  firing: 'Firing',
  acknowledged: 'Acknowledged',
  resolved: 'Cleared',
  unknown: 'Only received',
} as const;
export type AlertState = keyof typeof stateChoices;

/** What is asked with yes or no: whether an alert came into an incident, whether something holds it back, whether it flaps. */
export const yesOrNoNames = ['incident', 'suppressed', 'flapping'] as const;
export type YesOrNoName = (typeof yesOrNoNames)[number];
export type YesOrNo = 'true' | 'false';

/** How far the list looks back, in hours, as it is offered. */
export const sinceChoices = {
  1: 'The last hour',
  24: 'The last day',
  168: 'The last week',
  720: 'The last 30 days',
} as const;

/** 400 days, as the API has it. */
const LONGEST_SINCE = 9_600;
const USUAL_SINCE = 24;

/** What the list of alerts is asked for; each as the API calls it. */
export interface AskedAlerts extends Partial<Readonly<Record<YesOrNoName, YesOrNo | undefined>>> {
  readonly state?: AlertState | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly integration?: string | undefined;
  readonly text?: string | undefined;
  /** Matchers as they are written; none is the same as absent. */
  readonly match?: readonly string[] | undefined;
  /** Hours; counts while there is no `from`. */
  readonly since: number;
  /** RFC 3339. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What the query of an address asks for; what is not understood asks for nothing. */
export function askedAlertsIn(search: string): AskedAlerts {
  const asked = new URLSearchParams(search);
  const words = (name: string) => asked.get(name)?.trim().slice(0, 100) || undefined;
  const match = asked.getAll('match').filter((line) => line.trim() !== '');
  const place = earlierPlace(asked.get('place'));
  return {
    state: keyIn(stateChoices, asked.get('state')),
    severity: severities.find((one) => one === asked.get('severity')),
    service: words('service'),
    integration: words('integration'),
    text: words('text'),
    match: match.length === 0 ? undefined : match.slice(0, 10),
    incident: yesOrNoIn(asked.get('incident')) ?? place.incident,
    suppressed: yesOrNoIn(asked.get('suppressed')) ?? place.suppressed,
    flapping: yesOrNoIn(asked.get('flapping')),
    since: sinceOf(asked.get('since')),
    from: timeIn(asked.get('from')),
    to: timeIn(asked.get('to')),
  };
}

/** What links of an earlier version of this page ask for. */
function earlierPlace(place: string | null): Pick<AskedAlerts, 'incident' | 'suppressed'> {
  if (place === 'incident') return { incident: 'true' };
  if (place === 'none') return { incident: 'false' };
  return place === 'suppressed' ? { suppressed: 'true' } : {};
}

const yesOrNoIn = (text: string | null): YesOrNo | undefined =>
  text === 'true' || text === 'false' ? text : undefined;

function sinceOf(text: string | null): number {
  const hours = /^\d{1,4}$/.test(text ?? '') ? Number(text) : 0;
  return hours >= 1 && hours <= LONGEST_SINCE ? hours : USUAL_SINCE;
}

function timeIn(text: string | null): string | undefined {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? undefined : toText(at);
}

/** What is wrong with a time that somebody writes, as the API would say; nothing with none, which asks for nothing. */
export function timeFault(
  name: 'from' | 'to',
  at: Instant,
  { from, to }: Pick<AskedAlerts, 'from' | 'to'>,
  now: Instant,
): string | undefined {
  if (Number.isNaN(at)) return undefined;
  const longest = LONGEST_SINCE * HOUR;
  if (at < now - longest) return 'At most 400 days ago.';
  if (name === 'from' && to === undefined && at > now) return 'That is still to come.';
  const begin = name === 'from' ? at : from === undefined ? undefined : Date.parse(from);
  const end = name === 'to' ? at : to === undefined ? undefined : Date.parse(to);
  if (begin === undefined || end === undefined) return undefined;
  if (begin > end) return 'It would end before it begins.';
  return end - begin > longest ? 'At most 400 days from one to the other.' : undefined;
}

function keyIn<Choices extends object>(choices: Choices, text: string | null) {
  return text !== null && Object.hasOwn(choices, text) ? (text as keyof Choices) : undefined;
}

/** What is asked for beside how far back. */
export const isFiltered = ({ since: _, ...asked }: AskedAlerts): boolean =>
  Object.values(asked).some((one) => one !== undefined);

/** Whether something is asked for that not everybody asks. */
export const asksMore = ({ integration, match, suppressed, flapping, from, to }: AskedAlerts): boolean =>
  isFiltered({ since: USUAL_SINCE, integration, match, suppressed, flapping, from, to });

/** The address of such a list; what it shows anyhow is left out. */
export function alertsAddress({ since, match = [], ...asked }: AskedAlerts): string {
  const isUsual = since === USUAL_SINCE || asked.from !== undefined;
  const said = Object.entries({ ...asked, ...(!isUsual && { since: String(since) }) });
  const query = new URLSearchParams([
    ...said.flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ...match.map((line) => ['match', line]),
  ]);
  return query.size === 0 ? '/alerts' : `/alerts?${query}`;
}

/** What the API is asked for at a time, as a query; `more` goes with it. */
export function queryOf(
  { since, from, match = [], ...asked }: AskedAlerts,
  now: Instant,
  more: Readonly<Record<string, string>> = {},
): string {
  const end = asked.to === undefined ? now : Date.parse(asked.to);
  const said = Object.entries({ ...asked, from: from ?? toText(end - since * HOUR), ...more });
  return new URLSearchParams([
    ...said.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ...match.map((line) => ['match', line]),
  ]).toString();
}
