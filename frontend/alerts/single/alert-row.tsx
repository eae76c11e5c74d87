import { Link } from 'wouter';
import type { Api } from '../../api/use-api.ts';
import { incidentAddress } from '../../app/addresses.ts';
import { labelsText } from '../../incidents/labels.ts';
import { SeverityBadge } from '../../incidents/severity-badge.tsx';
import { Moment } from '../../time/moment.tsx';
import { HeldBack } from './held-back.tsx';
import type { ListedAlert } from './use-alert-list.ts';
import { Why } from './why.tsx';

/** The mark of an incident's state that means the same for an alert, and the word. */
const states = {
  firing: ['triggered', 'Firing'],
  acknowledged: ['acknowledged', 'Acknowledged'],
  resolved: ['resolved', 'Cleared'],
  unknown: ['soft', 'Only received'],
} as const satisfies Record<ListedAlert['state'], readonly [string, string]>;

export interface AlertRowProps {
  readonly api: Api;
  readonly alert: ListedAlert;
  /** The labels that are shown. */
  readonly names: readonly string[];
  readonly now: number;
  /** Whether who looks may change what holds it back. */
  readonly mayChange: boolean;
  /** What holds it back has another end now. */
  onMoved(): void;
  onEnded(): void;
}

/** One alert: what it says, how it stands, what became of it, and why. */
export function AlertRow({ api, alert, names, now, ...change }: AlertRowProps) {
  const { id, title, severity, service, receivedAt, state, suppressed } = alert;
  const [mark, word] = states[state];
  const labels = labelsText(alert, names);
  return (
    <li>
      <div className="alert-signs">
        {severity === undefined ? (
          <span className="soft">No severity</span>
        ) : (
          <SeverityBadge severity={severity} />
        )}
        <span className={mark === 'soft' ? 'soft' : `state ${mark}`}>{word}</span>
        {alert.flapping && <Flapping alert={alert} now={now} />}
        {receivedAt !== undefined && (
          <span className="soft">
            Last received <Moment at={receivedAt} now={now} />
          </span>
        )}
      </div>
      <p className="title">
        <bdi>{title}</bdi>
      </p>
      <p className="alert-about">
        {service !== undefined && <span>{service}</span>}
        {labels !== '' && <bdi className="labels">{labels}</bdi>}
        <Place alert={alert} />
      </p>
      {suppressed !== undefined && <HeldBack {...{ api, suppressed, now, ...change }} />}
      <Why api={api} path={`/api/alerts/${id}/explain`} question="Why?" now={now} />
    </li>
  );
}

function Flapping({ alert: { flapsUntil }, now }: Pick<AlertRowProps, 'alert' | 'now'>) {
  return (
    <span>
      <span
        className="flapping"
        title="It begins and ends so often that its incident waits until it is quiet."
      >
        Flapping
      </span>
      {flapsUntil !== undefined && (
        <span className="soft">
          {' '}
          until <Moment at={flapsUntil} now={now} /> if it stays as it is
        </span>
      )}
    </span>
  );
}

function Place({ alert: { incident, suppressed } }: Pick<AlertRowProps, 'alert'>) {
  if (suppressed !== undefined && incident === undefined) return null;
  if (incident === undefined) return <span className="soft">In no incident</span>;
  return (
    <span>
      In <Link to={incidentAddress(incident.id)}>{incident.name}</Link>
    </span>
  );
}
