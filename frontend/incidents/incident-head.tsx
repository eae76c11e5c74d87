import { Link } from 'wouter';
import { descriptionLines, groupText, runbookAddress } from '../../shared/incidents/index.ts';
import { lasting } from '../../shared/kernel/time.ts';
import { onCallAddress } from '../app/addresses.ts';
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
  const { name, title, state, severity, service, openedAt, alerts } = incident;
  const description = descriptionLines(incident).join('\n');
  return (
    <>
      <p className="signs">
        <SeverityBadge severity={severity} whole />
        <span className={`state ${state}`}>{stateWords[state]}</span>
        <span className="name">{name}</span>
      </p>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {description !== '' && (
        <p className="said" dir="auto">
          {description}
        </p>
      )}
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
        <Origin incident={incident} />
      </dl>
    </>
  );
}

/** Why its alerts are one incident, and what to do about it. */
function Origin({ incident }: Pick<IncidentHeadProps, 'incident'>) {
  const group = groupText(incident);
  const { runbook } = incident;
  return (
    <>
      {group !== undefined && (
        <>
          <dt>Grouped by</dt>
          <dd>
            <bdi>{group}</bdi>
          </dd>
        </>
      )}
      {runbook !== undefined && (
        <>
          <dt>Runbook</dt>
          <dd>
            <Runbook>{runbook}</Runbook>
          </dd>
        </>
      )}
    </>
  );
}

function Runbook({ children }: { readonly children: string }) {
  const href = runbookAddress(children);
  return href === undefined ? <bdi>{children}</bdi> : <a href={href}>{children}</a>;
}

function Standing({ incident, now }: IncidentHeadProps) {
  const { state, acknowledgedAt, acknowledgedBy, resolvedAt, resolvedBy } = incident;
  if (state === 'triggered') {
    return (
      <>
        <dt>Next escalation</dt>
        <dd>
          <NextStep incident={incident} now={now} />{' '}
          <Link to={onCallAddress(incident.policy)}>Who is on call</Link>
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
