import { lasting } from '../time/age.ts';
import { Moment } from '../time/moment.tsx';
import { NextStep } from './next-step.tsx';
import { SeverityBadge } from './severity-badge.tsx';
import type { IncidentDetail } from './use-incident.ts';
import { actorText, stateWords } from './words.ts';

export interface IncidentHeadProps {
  readonly incident: IncidentDetail;
  readonly now: number;
}

/** What an incident is, and how it stands. */
export function IncidentHead({ incident, now }: IncidentHeadProps) {
  const { name, title, state, severity, service, openedAt, alerts, runbook } = incident;
  return (
    <>
      <p className="signs">
        <SeverityBadge severity={severity} whole />
        <span className={`state ${state}`}>{stateWords[state]}</span>
        <span className="name">{name}</span>
      </p>
      <h1>{title}</h1>
      <dl className="properties">
        <dt>Service</dt>
        <dd>{service ?? 'None'}</dd>
        <dt>Opened</dt>
        <dd>
          <Moment at={openedAt} now={now} />{' '}
          <span className="soft">{lasting(now - Date.parse(openedAt))} ago</span>
        </dd>
        <Standing incident={incident} now={now} />
        {alerts.total > 0 && (
          <>
            <dt>Alerts</dt>
            <dd>
              {alerts.firing} firing of {alerts.total}
            </dd>
          </>
        )}
        {runbook !== undefined && (
          <>
            <dt>Runbook</dt>
            <dd>{runbook}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function Standing({ incident, now }: IncidentHeadProps) {
  const { state, acknowledgedAt, acknowledgedBy, resolvedAt, resolvedBy } = incident;
  if (state === 'triggered') {
    return (
      <>
        <dt>Next escalation</dt>
        <dd>
          <NextStep incident={incident} now={now} />
        </dd>
      </>
    );
  }
  const [word, at, by] =
    state === 'resolved'
      ? (['Resolved', resolvedAt, resolvedBy] as const)
      : (['Acknowledged', acknowledgedAt, acknowledgedBy] as const);
  if (at === undefined || by === undefined) return null;
  return (
    <>
      <dt>{word}</dt>
      <dd>
        <Moment at={at} now={now} /> <span className="soft">by {actorText(by)}</span>
      </dd>
    </>
  );
}
