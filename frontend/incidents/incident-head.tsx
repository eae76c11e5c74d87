import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { descriptionLines, groupText, type PersonRef, runbookAddress } from '../../shared/incidents/index.ts';
import { actorText } from '../../shared/incidents/words.ts';
import { lasting } from '../../shared/kernel/time.ts';
import { onCallAddress } from '../app/addresses.ts';
import { Moment } from '../time/moment.tsx';
import { kindText } from './links/link-words.ts';
import { NamedLink } from './links/named-link.tsx';
import type { Named } from './links/use-named.ts';
import { NextStep } from './next-step.tsx';
import { SeverityBadge } from './severity-badge.tsx';
import type { IncidentDetail } from './use-incident.ts';
import { stateWords } from './words.ts';

export interface IncidentHeadProps {
  readonly incident: IncidentDetail;
  /** Who leads the room. */
  readonly commander?: PersonRef | undefined;
  /** What is known of the incidents that it names. */
  readonly named: Named;
  readonly now: number;
  /** What can be done, above what is told: it is what somebody who was woken comes for. */
  readonly children: ReactNode;
}

/** What an incident is, and how it stands. */
export function IncidentHead({ incident, commander, named, now, children }: IncidentHeadProps) {
  const { name, title, state, severity, mergedInto } = incident;
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
      {mergedInto !== undefined && (
        <p className="went-on">
          It was merged and goes on in <NamedLink id={mergedInto} named={named} />.
        </p>
      )}
      {children}
      {description !== '' && (
        <p className="said" dir="auto">
          {description}
        </p>
      )}
      <Properties {...{ incident, commander, named, now }} />
    </>
  );
}

function Properties({ incident, commander, named, now }: Omit<IncidentHeadProps, 'children'>) {
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
        <Property name="Alerts">
          {alerts.firing} firing of {alerts.total}
          {alerts.flapping !== undefined && (
            <span className="soft">, {alerts.flapping} of them flapping: it waits until they are quiet</span>
          )}
        </Property>
      )}
      <Origin incident={incident} named={named} />
    </dl>
  );
}

/** Why its alerts are one incident, and what to do about it. */
function Origin({ incident, named }: Pick<IncidentHeadProps, 'incident' | 'named'>) {
  const group = groupText(incident);
  const { runbook, urgency, origin, reached = [], related = [] } = incident;
  return (
    <>
      {urgency === 'low' && (
        <Property name="Urgency">Low by its rules: it is recorded and pages nobody</Property>
      )}
      {group !== undefined && (
        <Property name="Grouped by">
          <bdi>{group}</bdi>
        </Property>
      )}
      {origin !== undefined && (
        <Property name="Seems to come from">
          <bdi>{origin}</bdi>
        </Property>
      )}
      {reached.length > 0 && (
        <Property name="Has reached">
          <bdi>{reached.join(', ')}</bdi>
        </Property>
      )}
      {related.length > 0 && (
        <Property name="May have to do with">
          <RelatedTo related={related} named={named} />
        </Property>
      )}
      {runbook !== undefined && (
        <Property name="Runbook">
          <Runbook>{runbook}</Runbook>
        </Property>
      )}
    </>
  );
}

function Property({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface RelatedToProps extends Pick<IncidentHeadProps, 'named'> {
  readonly related: NonNullable<IncidentDetail['related']>;
}

/** Other incidents that may have the same cause, and why that is thought. */
function RelatedTo({ related, named }: RelatedToProps) {
  return (
    <ul>
      {related.map((one) => (
        <li key={one.incident}>
          <NamedLink id={one.incident} named={named} isBrief />{' '}
          <span className="soft">
            {kindText(one)}: <bdi>{one.why}</bdi>
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
function Owner({
  incident: { acknowledgedBy },
  commander,
}: Pick<IncidentHeadProps, 'incident' | 'commander'>) {
  if (commander) return <bdi>{commander.name}</bdi>;
  return acknowledgedBy === undefined ? <span className="soft">Nobody yet</span> : actorText(acknowledgedBy);
}

function Standing({ incident, now }: Pick<IncidentHeadProps, 'incident' | 'now'>) {
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
