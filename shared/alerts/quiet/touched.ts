import { type Matcher, matches, type Subject } from './matcher.ts';

/** An alert that fires, and the incident that it is in. */
export interface FiringAlert extends Subject {
  readonly fingerprint: string;
  readonly incident: string;
}

/** How many alerts that fire fit all of these matchers, and in how many open incidents they are. */
export function touchedBy(
  matchers: readonly Matcher[],
  alerts: readonly FiringAlert[],
): { readonly alerts: number; readonly incidents: number } {
  const fitting = alerts.filter((alert) => matchers.every((matcher) => matches(matcher, alert)));
  return {
    alerts: new Set(fitting.map(({ fingerprint }) => fingerprint)).size,
    incidents: new Set(fitting.map(({ incident }) => incident)).size,
  };
}
