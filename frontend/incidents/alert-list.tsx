import type { AlertView } from '../../shared/incidents/index.ts';
import { Why } from '../alerts/single/why.tsx';
import type { Api } from '../api/use-api.ts';
import { Moment } from '../time/moment.tsx';
import { labelsText, tellingLabels } from './labels.ts';
import { receivedText } from './received.ts';
import { SeverityBadge } from './severity-badge.tsx';
import type { AlertsPage } from './use-alerts.ts';

export interface AlertListProps {
  readonly api: Api;
  /** Absent until it is known. */
  readonly alerts: AlertsPage | undefined;
  /** How many there are, of which these are the first. */
  readonly total: number;
  readonly now: number;
}

/** Which alerts belong to an incident, how each stands and how often it was received. */
export function AlertList({ api, alerts, total, now }: AlertListProps) {
  if (alerts === undefined || alerts.items.length === 0) return null;
  const { items, countedUntil } = alerts;
  const names = tellingLabels(items);
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      <ul className="alerts">
        {items.map((alert) => (
          <AlertLine key={alert.fingerprint} api={api} alert={alert} names={names} now={now} />
        ))}
      </ul>
      <p className="soft">
        {total > items.length && `The first ${items.length} of ${total}. `}
        <HowFar items={items} countedUntil={countedUntil} now={now} />
      </p>
    </section>
  );
}

/** Until when the counts are whole; nothing where they are not known any more. */
function HowFar({ items, countedUntil, now }: AlertsPage & Pick<AlertListProps, 'now'>) {
  if (items.every(({ received }) => received === undefined)) return null;
  if (items.every(({ received }) => received === 0))
    return 'How often each was received is counted about a minute later.';
  return (
    <>
      Counted until <Moment at={countedUntil} now={now} />.
    </>
  );
}

/** The mark of an incident's state that means the same for an alert, and the word. */
const states = {
  firing: ['triggered', 'Firing'],
  acknowledged: ['acknowledged', 'Acknowledged'],
  resolved: ['resolved', 'Cleared'],
} as const satisfies Record<AlertView['state'], readonly [string, string]>;

interface AlertLineProps {
  readonly api: Api;
  readonly alert: AlertView;
  /** The labels that are shown. */
  readonly names: readonly string[];
  readonly now: number;
}

function AlertLine({ api, alert, names, now }: AlertLineProps) {
  const [mark, word] = states[alert.state];
  const labels = labelsText(alert, names);
  return (
    <li>
      <SeverityBadge severity={alert.severity} />
      <span className={`state ${mark}`}>{word}</span>
      <span className="title">
        <bdi>{alert.title}</bdi> {labels !== '' && <bdi className="labels">{labels}</bdi>}{' '}
        <span className="soft">{receivedText(alert, now)}</span>
      </span>
      <Why {...{ api, now }} path={`/api/alerts/${alert.fingerprint}/explain`} question="Why is it here?" />
    </li>
  );
}
