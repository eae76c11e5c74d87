import { lasting } from '../../shared/kernel/time.ts';
import { type TargetMeasure, WARN_FROM } from '../../shared/metrics/targets.ts';
import type { MetricsIncident } from './use-dashboard.ts';

export interface AimTextProps {
  readonly measure: TargetMeasure;
  readonly aim: MetricsIncident['targets']['mttr'];
  /** Milliseconds since it was so. */
  readonly passed: number;
}

const verbs: Readonly<Record<TargetMeasure, string>> = { mtta: 'Acknowledge', mttr: 'Resolve' };

/** How an incident stands to a target, in words: `Acknowledge within 5 min: 3 min left`. */
export function AimText({ measure, aim, passed }: AimTextProps) {
  if (aim === undefined) return null;
  const { targetMs, standing, leftMs } = aim;
  const target = `${verbs[measure]} within ${lasting(targetMs)}`;
  if (standing === 'met') return <span className="calm">{target}: met</span>;
  if (standing === 'missed')
    return (
      <span className="alarm">
        {target}: missed by {lasting(-leftMs)}
      </span>
    );
  const left = leftMs - passed;
  if (left < 0)
    return (
      <strong className="alarm">
        {target}: over by {lasting(-left)}
      </strong>
    );
  return left <= targetMs * (1 - WARN_FROM) ? (
    <strong className="warning">
      {target}: only {lasting(left)} left
    </strong>
  ) : (
    <span>
      {target}: {lasting(left)} left
    </span>
  );
}
