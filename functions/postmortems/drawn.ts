import type { Incident } from '../../shared/incidents/index.ts';
import { timelineOf, timelineSvg } from '../../shared/timeline/index.ts';
import { clock } from '../aws/clock.ts';
import { loadSources } from '../timeline/load.ts';

/** The drawing of the timeline of an incident, as it is now. */
export async function drawingFor(incident: Incident): Promise<string> {
  const now = clock.now();
  return timelineSvg(timelineOf(await loadSources(incident, now), now));
}
