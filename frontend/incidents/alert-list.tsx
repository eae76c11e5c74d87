import { Button } from '@mantine/core';
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
  /** Loads more of them; absent when no more are shown. */
  readonly onMore?: (() => void) | undefined;
  /** Which are ticked, for those who may tick. */
  readonly ticking?: Ticking | undefined;
}

/** Alerts that somebody ticks. */
export interface Ticking {
  readonly ticked: readonly string[];
  onTick(fingerprint: string, isTicked: boolean): void;
}

/** Which alerts belong to an incident, how each stands and how often it was received. */
export function AlertList({ api, alerts, total, now, onMore, ticking }: AlertListProps) {
  if (alerts === undefined || alerts.items.length === 0) return null;
  const { items, countedUntil } = alerts;
  const names = tellingLabels(items);
  return (
    <section aria-labelledby="alerts">
      <h2 id="alerts">Alerts</h2>
      {ticking !== undefined && (
        <p className="soft">Tick alerts to split them off into an incident of their own.</p>
      )}
      <ul className={ticking === undefined ? 'alerts' : 'alerts ticked'}>
        {items.map((alert) => (
          <AlertLine key={alert.fingerprint} {...{ api, alert, names, now, ticking }} />
        ))}
      </ul>
      <p className="soft">
        {total > items.length && `The first ${items.length} of ${total}. `}
        <HowFar items={items} countedUntil={countedUntil} now={now} />
      </p>
      {total > items.length && onMore !== undefined && (
        <div>
          <Button variant="default" onClick={onMore}>
            Show more alerts
          </Button>
        </div>
      )}
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
  readonly ticking: Ticking | undefined;
}

function AlertLine({ api, alert, names, now, ticking }: AlertLineProps) {
  const [mark, word] = states[alert.state];
  const labels = labelsText(alert, names);
  return (
    <li>
      {ticking !== undefined && <Tick alert={alert} ticking={ticking} />}
      <SeverityBadge severity={alert.severity} />
      <span className={`state ${mark}`}>{word}</span>
      <span className="title">
        <bdi>{alert.title}</bdi> {labels !== '' && <bdi className="labels">{labels}</bdi>}{' '}
        {alert.flapping && (
          <span
            className="flapping"
            title="It begins and ends so often that the incident waits until it is quiet."
          >
            Flapping
          </span>
        )}{' '}
        <span className="soft">{receivedText(alert, now)}</span>
      </span>
      <Why {...{ api, now }} path={`/api/alerts/${alert.fingerprint}/explain`} question="Why is it here?" />
    </li>
  );
}

function Tick({ alert, ticking }: { readonly alert: AlertView; readonly ticking: Ticking }) {
  const { fingerprint, title } = alert;
  return (
    <label className="tick">
      <span className="unseen">Split off {title}</span>
      <input
        type="checkbox"
        checked={ticking.ticked.includes(fingerprint)}
        onChange={({ target }) => ticking.onTick(fingerprint, target.checked)}
      />
    </label>
  );
}
