import { type Severity, severities } from '../../../shared/alerts/severity.ts';

/** The states that are offered, as people call them. */
export const stateChoices = { firing: 'Firing', acknowledged: 'Acknowledged', resolved: 'Cleared' } as const;
export type AlertState = keyof typeof stateChoices;

/** What became of alerts, as far as the list is asked for it. */
export const placeChoices = {
  incident: 'In an incident',
  none: 'In no incident',
  suppressed: 'Held back',
} as const;
export type AlertPlace = keyof typeof placeChoices;

/** How far the list looks back, in hours. */
export const sinceChoices = {
  1: 'The last hour',
  24: 'The last day',
  168: 'The last week',
  720: 'The last 30 days',
} as const;
export type Since = keyof typeof sinceChoices;

/** What the list of alerts is asked for. */
export interface AskedAlerts {
  readonly state?: AlertState | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly place?: AlertPlace | undefined;
  readonly since: Since;
  readonly text?: string | undefined;
}

/** What the query of an address asks for; what is not understood asks for nothing. */
export function askedAlertsIn(search: string): AskedAlerts {
  const asked = new URLSearchParams(search);
  const words = (name: string) => asked.get(name)?.trim().slice(0, 100) || undefined;
  return {
    state: keyIn(stateChoices, asked.get('state')),
    severity: severities.find((one) => one === asked.get('severity')),
    service: words('service'),
    place: keyIn(placeChoices, asked.get('place')),
    since: sinceOf(asked.get('since')),
    text: words('text'),
  };
}

const sinceOf = (text: string | null): Since =>
  ([1, 24, 168, 720] as const).find((hours) => String(hours) === text) ?? 24;

function keyIn<Choices extends object>(choices: Choices, text: string | null) {
  return text !== null && Object.hasOwn(choices, text) ? (text as keyof Choices) : undefined;
}

/** The address of such a list; what it shows anyhow is left out. */
export function alertsAddress({ since, ...asked }: AskedAlerts): string {
  const said = Object.entries({ ...asked, ...(since !== 24 && { since: String(since) }) });
  const query = new URLSearchParams(said.flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return query.size === 0 ? '/alerts' : `/alerts?${query}`;
}

/** What the API is asked for, by an hour and minute so that the same is asked for a while. */
export function queryOf({ state, severity, service, place, text }: AskedAlerts, from: string) {
  return {
    from,
    ...(state && { state }),
    ...(severity && { severity }),
    ...(service !== undefined && { service }),
    ...(text !== undefined && { text }),
    ...(place === 'incident' && { incident: 'true' }),
    ...(place === 'none' && { incident: 'false' }),
    ...(place === 'suppressed' && { suppressed: 'true' }),
  };
}
