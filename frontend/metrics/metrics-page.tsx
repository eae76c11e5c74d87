import type { Role } from '../../shared/kernel/index.ts';
import { measures } from '../../shared/metrics/measures.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import type { Asked } from './asked.ts';
import { BenchmarkList } from './benchmark-list.tsx';
import { Choices, Narrowed } from './choices.tsx';
import { CsvExport } from './csv-export.tsx';
import { GroupTable } from './group-table.tsx';
import { MeasureCards } from './measure-cards.tsx';
import { OpenList } from './open-list.tsx';
import { rangeFault } from './range.ts';
import { Suggestions } from './suggestions.tsx';
import { Targets } from './targets.tsx';
import { Trend } from './trend.tsx';
import { type Dashboard, daysOf, useDashboard } from './use-dashboard.ts';
import { WeekMap } from './week-map.tsx';

export interface MetricsPageProps {
  readonly api: Api;
  readonly role: Role;
  readonly asked: Asked;
}

/** How long incidents take, and whether that gets better. */
export function MetricsPage({ api, role, asked }: MetricsPageProps) {
  useTitle('Metrics');
  const understood = asked.range === undefined || rangeFault(asked.range) === undefined;
  return (
    <div className="stack metrics">
      {understood ? (
        <Shown {...{ api, role, asked }} />
      ) : (
        <>
          <h1>Metrics</h1>
          <Choices asked={asked} />
        </>
      )}
    </div>
  );
}

function Shown({ api, role, asked }: MetricsPageProps) {
  const { value, at, problem, refresh } = useDashboard(api, asked);
  const now = useNow();
  return (
    <>
      <div className="head">
        <h1>Metrics</h1>
        <Freshness at={at} now={now} problem={problem} onAgain={refresh} />
      </div>
      <Choices asked={asked} />
      <Narrowed asked={asked} dashboard={value} />
      {value === undefined && problem === undefined && <Waiting what="the metrics" />}
      {value !== undefined && (
        <>
          <OpenList open={value.open} passed={now - (at ?? now)} />
          <Past {...{ api, asked, dashboard: value }} />
          <Targets key={value.targets.version} {...{ api, role, stored: value.targets, onSaved: refresh }} />
          <BenchmarkList benchmarks={value.benchmarks} />
        </>
      )}
    </>
  );
}

interface PastProps extends Pick<MetricsPageProps, 'api' | 'asked'> {
  readonly dashboard: Dashboard;
}

/** What the window tells. */
function Past({ api, asked, dashboard }: PastProps) {
  if (dashboard.total === 0)
    return (
      <div className="empty card">
        <h2>No incident was opened in these {daysOf(dashboard)} days</h2>
        <p>
          {leftOutText(dashboard) || 'Choose a longer time, or read the targets below while it is quiet.'}
        </p>
      </div>
    );
  return (
    <>
      <MeasureCards dashboard={dashboard} />
      <p className="soft">
        {leftOutText(dashboard)} A number opens the incidents that it comes from. Days and hours are those of{' '}
        {dashboard.zone}.
      </p>
      <Suggestions suggestions={dashboard.suggestions} />
      <Trend asked={asked} dashboard={dashboard} />
      <WeekMap asked={asked} profile={dashboard.profile} />
      <GroupTable asked={asked} groups={dashboard.groups[asked.by]} about={measures[asked.measure].short} />
      <CsvExport api={api} list={dashboard.incidents} />
    </>
  );
}

/** What does not count. */
function leftOutText({ leftOut: { merged, deleted } }: Dashboard): string {
  if (merged + deleted === 0) return '';
  return `Left out: ${merged} merged into others, ${deleted} deleted.`;
}
