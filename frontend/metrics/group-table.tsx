import { Link } from 'wouter';
import { severityWords } from '../../shared/incidents/words.ts';
import { lasting } from '../../shared/kernel/time.ts';
import { groupings } from '../../shared/metrics/grouping.ts';
import { measureNames, measures } from '../../shared/metrics/measures.ts';
import { type Asked, behindAddress, metricsAddress } from './asked.ts';
import { Choice } from './choices.tsx';
import { CountCell, MedianCell } from './median-cell.tsx';
import type { Group } from './use-dashboard.ts';

export interface GroupTableProps {
  readonly asked: Asked;
  readonly groups: readonly Group[];
  readonly about: string;
}

const words = { severity: 'Severity', team: 'Team', service: 'Service', component: 'Component' } as const;

/** The measures of each group, and the way to narrow all of the page to one. */
export function GroupTable({ asked, groups, about }: GroupTableProps) {
  return (
    <section className="card" aria-labelledby="groups">
      <h2 id="groups">By {words[asked.by].toLowerCase()}</h2>
      <Choice
        label="Grouped by"
        names={groupings}
        chosen={asked.by}
        words={(by) => words[by]}
        to={(by) => metricsAddress({ ...asked, by })}
      />
      <div className="sideways">
        <table className="figures" aria-label={`Medians by ${asked.by}`}>
          <thead>
            <tr>
              <th scope="col">{words[asked.by]}</th>
              <th scope="col">Incidents</th>
              {measureNames.map((measure) => (
                <th key={measure} scope="col">
                  {measures[measure].short}
                </th>
              ))}
              <th scope="col">{about}, 9 in 10</th>
            </tr>
          </thead>
          <tbody>
            {groups.map((group) => (
              <Row key={group.key} asked={asked} group={group} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="soft">Medians, each with n. A name narrows the page to it.</p>
    </section>
  );
}

function Row({ asked, group }: { readonly asked: Asked; readonly group: Group }) {
  const { key, name, total, measures: summary, incidents } = group;
  const own = summary[asked.measure];
  return (
    <tr>
      <th scope="row">
        <Link to={metricsAddress({ ...asked, [asked.by]: key })}>
          {asked.by === 'severity' ? severityWords[key as keyof typeof severityWords].short : name}
        </Link>
      </th>
      <CountCell total={total} list={incidents} />
      {measureNames.map((measure) => {
        const { n, medianMs, incidents: list } = summary[measure];
        return <MedianCell key={measure} {...{ medianMs, n, list }} />;
      })}
      <td>
        {own.p90Ms === undefined ? (
          <span className="soft">few</span>
        ) : (
          <Link to={behindAddress(own.incidents)}>{lasting(own.p90Ms)}</Link>
        )}
      </td>
    </tr>
  );
}
