import type { IncidentView } from '../../shared/incidents/index.ts';
import { lasting } from '../../shared/kernel/time.ts';
import { until } from '../time/age.ts';

export interface NextStepProps {
  readonly incident: IncidentView;
  readonly now: number;
}

/** What happens by itself to an incident if nobody does anything, or since when nothing has to. */
export function NextStep({ incident, now }: NextStepProps) {
  const { state, next, step, resolvedAt } = incident;
  if (state === 'acknowledged') return <span className="soft">Stopped</span>;
  if (state === 'resolved') {
    if (resolvedAt === undefined) return null;
    return <time dateTime={resolvedAt}>{lasting(now - Date.parse(resolvedAt))} ago</time>;
  }
  if (next !== undefined) return <time dateTime={next.dueAt}>{until(Date.parse(next.dueAt), now)}</time>;
  return step ? <strong className="alarm">Nobody left to page</strong> : <span className="soft">None</span>;
}
