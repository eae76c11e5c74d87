import type { Role } from '../../shared/kernel/index.ts';
import { may } from '../../shared/kernel/index.ts';
import { targetMeasures } from '../../shared/metrics/targets.ts';
import type { Api } from '../api/use-api.ts';
import { lengthText } from './length.ts';
import { TargetForm } from './target-form.tsx';
import { TargetHistory } from './target-history.tsx';
import { rowWords, targetOf, targetRows } from './target-rows.ts';
import type { Dashboard } from './use-dashboard.ts';

export interface TargetsProps {
  readonly api: Api;
  readonly role: Role;
  readonly stored: Dashboard['targets'];
  onSaved(): void;
}

/** How long things may take: to change for whoever may, to read for all. */
export function Targets({ api, role, stored, onSaved }: TargetsProps) {
  const any = targetRows.some((row) => targetMeasures.some((measure) => targetOf(stored, measure, row)));
  return (
    <section className="card" aria-labelledby="targets">
      <h2 id="targets">Targets</h2>
      <p className="soft">
        How long it may take to acknowledge (MTTA) and to resolve (MTTR). Open incidents are warned of when a
        quarter of the time is left. An incident is judged by the target that held when it was opened: a new
        one counts for what is opened from then on.
      </p>
      {!any && <p>No target is set.</p>}
      {any && <TargetTable stored={stored} />}
      {may(role, 'metrics.write') && (
        <details>
          <summary>Change the targets</summary>
          <TargetForm {...{ api, stored, onSaved }} />
        </details>
      )}
      {stored.version > 0 && <TargetHistory api={api} />}
    </section>
  );
}

function TargetTable({ stored }: Pick<TargetsProps, 'stored'>) {
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">Severity</th>
          <th scope="col">MTTA</th>
          <th scope="col">MTTR</th>
        </tr>
      </thead>
      <tbody>
        {targetRows.map((row) => (
          <tr key={row}>
            <th scope="row">{rowWords(row)}</th>
            {targetMeasures.map((measure) => {
              const target = targetOf(stored, measure, row);
              return (
                <td key={measure}>
                  {target === undefined ? <span className="soft">–</span> : lengthText(target)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
