import type { Incident } from '../../shared/incidents/index.ts';
import type { Postmortem } from '../../shared/postmortems/index.ts';
import { timelineOf, timelineSvg } from '../../shared/timeline/index.ts';
import { loadSources } from '../timeline/load.ts';

/** The drawing of the timeline of an incident as it was when its post-mortem was generated, so that both tell the same. */
export async function drawingFor(
  incident: Incident,
  { generatedAt, upTo }: Pick<Postmortem, 'generatedAt' | 'upTo'>,
): Promise<string> {
  const { facts, changes, pages, ...sources } = await loadSources(incident, generatedAt);
  const known = {
    facts: facts.filter(({ seq }) => seq <= upTo),
    changes: changes.filter(({ recordedAt }) => recordedAt <= generatedAt),
    pages: pages.filter(({ at }) => at <= generatedAt),
  };
  return timelineSvg(timelineOf({ ...sources, ...known }, generatedAt));
}
