import type { Signal, SignalFlag, SignalState } from '../../../shared/alerts/signal.ts';
import { toText } from '../../../shared/kernel/index.ts';
import { SeverityBadge } from '../../incidents/severity-badge.tsx';
import { Moment } from '../../time/moment.tsx';

/** So many are shown; the others are counted. */
const SHOWN = 5;

const stateWords: Readonly<Record<SignalState, string>> = {
  ...{ firing: 'Fires', acknowledged: 'Somebody has it', resolved: 'Is over' },
};
const signs = { firing: 'triggered', acknowledged: 'acknowledged', resolved: 'resolved' } as const;

const flagWords: Partial<Record<SignalFlag, string>> = {
  generic: 'Nothing that is pointed at was found: it is marked as of unknown form.',
  clock: 'It names no time that can be used: the time of its receipt counts.',
  clipped: 'Something was too long and is cut.',
};

export interface TrialAlertsProps {
  readonly alerts: readonly Signal[];
  readonly now: number;
}

/** The alerts that would come of a body. */
export function TrialAlerts({ alerts, now }: TrialAlertsProps) {
  return (
    <>
      <ol className="trial">
        {placed(alerts.slice(0, SHOWN)).map(({ alert, place }) => (
          <li key={place}>
            <TrialAlert alert={alert} now={now} />
          </li>
        ))}
      </ol>
      {alerts.length > SHOWN && <p className="soft">And {alerts.length - SHOWN} more.</p>}
    </>
  );
}

/** Alerts of one body are told apart by their place alone: two may say the same of one. */
const placed = (alerts: readonly Signal[]) => alerts.map((alert, place) => ({ alert, place }));

function TrialAlert({ alert, now }: { readonly alert: Signal; readonly now: number }) {
  const { state, title, severity, flags } = alert;
  return (
    <>
      <p>
        <span className={`state ${signs[state]}`}>{stateWords[state]}</span>{' '}
        {severity === undefined ? (
          <span className="soft">severity by your rules</span>
        ) : (
          <SeverityBadge severity={severity} whole />
        )}{' '}
        <strong>{title ?? 'without a title'}</strong>
      </p>
      <Rest alert={alert} now={now} />
      {flags.map((flag) =>
        flagWords[flag] === undefined ? null : (
          <p key={flag} className="warning">
            {flagWords[flag]}
          </p>
        ),
      )}
    </>
  );
}

function Rest({ alert: { description, service, at, labels, links, fingerprint }, now }: RestProps) {
  const rows = [
    ['Description', description],
    ['Service', service ?? 'none'],
    ['Time', <Moment key="time" at={toText(at)} now={now} />],
    [
      'Labels',
      Object.entries(labels)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
    ],
    ['Links', links.map(({ href }) => href).join(', ')],
    ['Identity', `${fingerprint.slice(0, 12)}… (the same for all that one alert says)`],
  ] as const;
  return (
    <dl className="properties">
      {rows.map(([name, value]) =>
        value === undefined || value === '' ? null : (
          <div key={name} className="property">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface RestProps {
  readonly alert: Signal;
  readonly now: number;
}
