import { useCallback, useEffect, useRef } from 'react';
import { type IncidentId, MINUTE } from '../../shared/kernel/index.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import { targetMeasures } from '../../shared/metrics/targets.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { AimText } from './aim-text.tsx';

type Told = Answer<(typeof metricsApi)['get-incident']>;

export interface IncidentClockProps {
  readonly api: Api;
  readonly id: IncidentId;
  /** Of the incident: another one asks anew. */
  readonly version: number;
  readonly now: number;
}

/** Targets change seldom; in between it is counted on by the reader's clock. */
const EVERY = 5 * MINUTE;

/** How an open incident stands to its targets, counted on each second; nothing where it has none. */
export function IncidentClock({ api, id, version, now }: IncidentClockProps) {
  const { value, at, problem } = useTold(api, id, version);
  if (value === undefined)
    return problem === undefined ? null : (
      <p className="soft">How it stands to its targets cannot be shown: {problem.message}</p>
    );
  const { targets } = value.incident;
  const set = targetMeasures.filter((measure) => targets[measure] !== undefined);
  if (set.length === 0) return null;
  return (
    <ul className="aims" aria-label="Targets">
      {set.map((measure) => (
        <li key={measure}>
          <AimText measure={measure} aim={targets[measure]} passed={Math.max(0, now - (at ?? now))} />
        </li>
      ))}
    </ul>
  );
}

function useTold(api: Api, id: IncidentId, version: number) {
  const load = useCallback(
    (signal: AbortSignal) => api.call<Told>(`/api/incidents/${id}/metrics`, { signal }),
    [api, id],
  );
  const { refresh, ...told } = usePoll(load, EVERY);
  const known = useRef(version);
  useEffect(() => {
    if (known.current === version) return;
    known.current = version;
    refresh();
  }, [version, refresh]);
  return told;
}
