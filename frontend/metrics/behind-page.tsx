import { useCallback } from 'react';
import { Link } from 'wouter';
import { lasting, MINUTE } from '../../shared/kernel/time.ts';
import type { metricsApi } from '../../shared/metrics/api.ts';
import { measureNames, measures } from '../../shared/metrics/measures.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { usePoll } from '../api/use-poll.ts';
import { incidentAddress } from '../app/addresses.ts';
import { SeverityBadge } from '../incidents/severity-badge.tsx';
import { Day } from '../time/day.tsx';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { behindWords } from './behind-words.ts';
import { CsvExport } from './csv-export.tsx';
import type { MetricsIncident } from './use-dashboard.ts';

export interface BehindPageProps {
  readonly api: Api;
  /** The query of the list in the API. */
  readonly search: string;
}

type Page = Answer<(typeof metricsApi)['list-incidents']>;

/** The incidents behind a number of the dashboard. */
export function BehindPage({ api, search }: BehindPageProps) {
  const load = useCallback(
    (signal: AbortSignal) =>
      api.call<Page>('/api/metrics/incidents', {
        query: { limit: 200, ...Object.fromEntries(new URLSearchParams(search)) },
        signal,
      }),
    [api, search],
  );
  const { value, at, problem, refresh } = usePoll(load, MINUTE);
  const now = useNow();
  useTitle('Incidents behind a number');
  return (
    <div className="stack metrics">
      <p className="back">
        <Link to="/metrics">Metrics</Link>
      </p>
      <div className="head">
        <h1>Incidents behind a number</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <p>{behindWords(search)}</p>
      {value === undefined && problem === undefined && <Waiting what="the incidents" />}
      {value !== undefined && (
        <>
          <p>
            {value.total} {value.total === 1 ? 'incident' : 'incidents'}
            {value.next !== undefined &&
              `, of which the latest ${value.items.length} are shown; the export has all`}
            .
          </p>
          {value.items.length > 0 && <Incidents items={value.items} />}
          <CsvExport api={api} list={`/api/metrics/incidents?${search}`} />
        </>
      )}
    </div>
  );
}

function Incidents({ items }: Pick<Page, 'items'>) {
  return (
    <div className="card sideways">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">Incident</th>
            <th scope="col">Opened</th>
            {measureNames.map((measure) => (
              <th key={measure} scope="col">
                {measures[measure].short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((incident) => (
            <Row key={incident.id} incident={incident} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ incident }: { readonly incident: MetricsIncident }) {
  const { id, name, title, severity, points, durations } = incident;
  return (
    <tr>
      <th scope="row" className="titled">
        <SeverityBadge severity={severity} />{' '}
        <Link to={incidentAddress(id)}>
          {name} <bdi>{title}</bdi>
        </Link>
      </th>
      <td>{points.impact !== undefined && <Day at={points.impact} />}</td>
      {measureNames.map((measure) => (
        <td key={measure}>
          <Length of={durations[measure]} />
        </td>
      ))}
    </tr>
  );
}

function Length({ of }: { readonly of: MetricsIncident['durations']['mttr'] | undefined }) {
  if (of?.ms !== undefined) return lasting(of.ms);
  if (of?.soFarMs !== undefined) return <span className="soft">{lasting(of.soFarMs)} so far</span>;
  return (
    <span className="soft" title={of?.why}>
      {of?.state === 'invalid' ? 'invalid' : 'not applicable'}
    </span>
  );
}
