import { Link } from 'wouter';
import { descriptionLines, groupText, type PersonRef, runbookAddress } from '../../shared/incidents/index.ts';
import { actorText } from '../../shared/incidents/words.ts';
import { lasting } from '../../shared/kernel/time.ts';
import { incidentAddress, onCallAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { NextStep } from './next-step.tsx';
import { SeverityBadge } from './severity-badge.tsx';
import type { IncidentDetail } from './use-incident.ts';
import { stateWords } from './words.ts';

export interface IncidentHeadProps {
  readonly incident: IncidentDetail;
  /** Who leads the room. */
  readonly commander?: PersonRef | undefined;
  readonly now: number;
}

/** What an incident is, and how it stands. */
export function IncidentHead({ incident, commander, now }: IncidentHeadProps) {
  const { name, title, state, severity } = incident;
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
      <Properties {...{ incident, commander, now }} />
    </>
  );
}

function Properties({ incident, commander, now }: IncidentHeadProps) {
  const { service, openedAt, mitigatedAt, alerts } = incident;
  return (
    <dl className="properties">
      <dt>Service</dt>
      <dd>{service ?? 'None'}</dd>
      <dt>Owner</dt>
      <dd>
        <Owner incident={incident} commander={commander} />
      </dd>
      <dt>Opened</dt>
      <dd>
        <Moment at={openedAt} now={now} />{' '}
        <span className="soft">{lasting(now - Date.parse(openedAt))} ago</span>
      </dd>
      <Standing incident={incident} now={now} />
      {mitigatedAt !== undefined && (
        <>
          <dt>Mitigated</dt>
          <dd>
            <Moment at={mitigatedAt} now={now} />
          </dd>
        </>
      )}
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
  );
}

/** Why its alerts are one incident, and what to do about it. */
function Origin({ incident }: Pick<IncidentHeadProps, 'incident'>) {
  const group = groupText(incident);
  const { runbook, urgency, origin, related = [] } = incident;
  return (
    <>
      {urgency === 'low' && (
        <>
          <dt>Urgency</dt>
          <dd>Low by its rule: it is recorded and pages nobody</dd>
        </>
      )}
      {group !== undefined && (
        <>
          <dt>Grouped by</dt>
          <dd>
            <bdi>{group}</bdi>
          </dd>
        </>
      )}
      {origin !== undefined && (
        <>
          <dt>Seems to come from</dt>
          <dd>
            <bdi>{origin}</bdi>
          </dd>
        </>
      )}
      {related.length > 0 && (
        <>
          <dt>May have to do with</dt>
          <dd>
            <RelatedTo related={related} />
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

/** Other incidents that may have the same cause, and why that is thought. */
function RelatedTo({ related }: { readonly related: NonNullable<IncidentDetail['related']> }) {
  return (
    <ul>
      {related.map(({ incident, why, score }) => (
        <li key={incident}>
          <Link to={incidentAddress(incident)}>Another incident</Link>{' '}
          <span className="soft">
            <bdi>{why}</bdi>
            {score === undefined ? ', as somebody says' : ` (${Math.round(score * 100)} % sure)`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Runbook({ children }: { readonly children: string }) {
  const href = runbookAddress(children);
  return href === undefined ? <bdi>{children}</bdi> : <a href={href}>{children}</a>;
}

/** Who leads: the commander of the room, else who acknowledged. */
function Owner({ incident: { acknowledgedBy }, commander }: Omit<IncidentHeadProps, 'now'>) {
  if (commander) return <bdi>{commander.name}</bdi>;
  return acknowledgedBy === undefined ? <span className="soft">Nobody yet</span> : actorText(acknowledgedBy);
}

function Standing({ incident, now }: Omit<IncidentHeadProps, 'commander'>) {
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
