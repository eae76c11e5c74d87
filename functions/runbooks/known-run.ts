import { type OrganisationId, Refusal, type RunId } from '../../shared/kernel/index.ts';
import type { Run } from '../../shared/runbooks/index.ts';
import { loadRun } from '../aws/run-log.ts';

/** The run of this id; `not_found` when there is none here. */
export async function knownRun(org: OrganisationId, id: RunId): Promise<Run> {
  return thatRun(await loadRun(org, id), id);
}

/** A run that was loaded; `not_found` as `knownRun`. */
export function thatRun(run: Run | undefined, id: RunId): Run {
  if (run !== undefined) return run;
  throw new Refusal('not_found', `There is no run '${id}' here.`, 'path.id');
}
