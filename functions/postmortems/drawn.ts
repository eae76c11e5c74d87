import type { OrganisationId } from '../../shared/kernel/index.ts';
import type { Postmortem } from '../../shared/postmortems/index.ts';
import { timelineOf, timelineSvg } from '../../shared/timeline/index.ts';
import { clock } from '../aws/clock.ts';
import { visibleIncident } from '../incidents/visible.ts';
import { loadSources } from '../timeline/load.ts';

/** The drawing of the timeline of a post-mortem's incident, as it is now. */
export async function drawingFor(org: OrganisationId, { incident: id }: Postmortem): Promise<string> {
  const now = clock.now();
  const incident = await visibleIncident(org, id);
  return timelineSvg(timelineOf(await loadSources(incident, now), now));
}
