import { Link } from 'wouter';
import { severityWords } from '../../shared/incidents/words.ts';
import { measureNames, measures } from '../../shared/metrics/measures.ts';
import { zoneOf } from '../../shared/metrics/zone.ts';
import { type Asked, metricsAddress, windows, zoneAsked } from './asked.ts';
import { dayText } from './range.ts';
import { RangeForm } from './range-form.tsx';
import type { Dashboard } from './use-dashboard.ts';

const windowWords = { 7: '7 days', 30: '30 days', 90: '90 days', 365: 'A year' } as const;

/** A choice by the address: one link for each, the chosen one marked. */
export function Choice<Name extends string | number>({
  label,
  names,
  chosen,
  words,
  to,
}: {
  readonly label: string;
  readonly names: readonly Name[];
  readonly chosen: Name | undefined;
  readonly words: (name: Name) => string;
  readonly to: (name: Name) => string;
}) {
  return (
    <nav className="choice" aria-label={label}>
      {names.map((name) => (
        <Link key={name} to={to(name)} aria-current={name === chosen ? 'page' : undefined}>
          {words(name)}
        </Link>
      ))}
    </nav>
  );
}

/** How far back the dashboard looks, or over which days. */
export function Choices({ asked }: { readonly asked: Asked }) {
  const today = zoneOf(zoneAsked(asked)).local(Date.now()).day;
  const shown = asked.range ?? { from: dayText(today - asked.days), to: dayText(today) };
  return (
    <div className="windows">
      <Choice
        label="How far back"
        names={windows}
        chosen={asked.range === undefined ? asked.days : undefined}
        words={(days) => windowWords[days]}
        to={(days) => metricsAddress({ ...asked, days, range: undefined })}
      />
      <RangeForm key={`${shown.from} ${shown.to}`} asked={asked} shown={shown} />
    </div>
  );
}

/** Which measure the plot, the map and the table are about. */
export function MeasureChoice({ asked, label }: { readonly asked: Asked; readonly label: string }) {
  return (
    <Choice
      label={label}
      names={measureNames}
      chosen={asked.measure}
      words={(measure) => measures[measure].short}
      to={(measure) => metricsAddress({ ...asked, measure })}
    />
  );
}

/** To what the dashboard is narrowed, and the way back. */
export function Narrowed({
  asked,
  dashboard,
}: {
  readonly asked: Asked;
  readonly dashboard: Dashboard | undefined;
}) {
  const { severity, team, service, component } = asked;
  const nameOf = (by: 'team' | 'component', key: string) =>
    dashboard?.groups[by].find((group) => group.key === key)?.name ?? key;
  const parts = [
    ...(severity === undefined
      ? []
      : [`severity ${severityWords[severity as keyof typeof severityWords].short}`]),
    ...(team === undefined ? [] : [`team ${nameOf('team', team)}`]),
    ...(service === undefined ? [] : [`service ${service}`]),
    ...(component === undefined ? [] : [`component ${nameOf('component', component)}`]),
  ];
  if (parts.length === 0) return null;
  const { days, range, measure, by, zone } = asked;
  return (
    <p>
      Only <strong>{parts.join(', ')}</strong>.{' '}
      <Link to={metricsAddress({ days, range, measure, by, zone })}>Show all</Link>
    </p>
  );
}
