import { lasting } from '../../shared/kernel/time.ts';
import { WARN_FROM } from '../../shared/metrics/targets.ts';
import type { MetricsIncident } from './use-dashboard.ts';

export interface AimTextProps {
  readonly measure: string;
  readonly aim: MetricsIncident['targets']['mttr'];
  /** Milliseconds since it was so. */
  readonly passed: number;
}

/** How an incident stands to a target: `MTTR target 2 h: 40 min left`. */
export function AimText({ measure, aim, passed }: AimTextProps) {
  if (aim === undefined) return null;
  const { targetMs, standing } = aim;
  const target = `${measure} target ${lasting(targetMs)}`;
  if (standing === 'met') return <span className="calm">{target}: met</span>;
  if (standing === 'missed')
    return (
      <span className="alarm">
        {target}: missed by {lasting(-aim.leftMs)}
      </span>
    );
  const left = aim.leftMs - passed;
  if (left < 0)
    return (
      <strong className="alarm">
        {target}: {lasting(-left)} over
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
