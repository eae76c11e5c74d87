import type * as z from 'zod';
import type { Incident } from '../incidents/index.ts';
import { lasting } from '../kernel/index.ts';
import type { metricsApi } from './api.ts';
import { headPhases, headPhaseWords, phaseLengths } from './phases.ts';
import { type Setting, sampleOf } from './sample.ts';
import { viewSample } from './view.ts';

type Analysis = Omit<z.input<(typeof metricsApi)['get-incident']['answer']>, 'at'>;

/** One incident in numbers: its durations, its targets, and in which phase its time went. */
export function incidentAnalysis(incident: Incident, setting: Setting): Analysis {
  const sample = sampleOf(incident, setting);
  const lengths = phaseLengths(sample);
  const total = lengths ? headPhases.reduce((sum, phase) => sum + lengths[phase], 0) : 0;
  const phases = headPhases.map((phase) => {
    const ms = lengths?.[phase] ?? 0;
    return { phase, about: headPhaseWords[phase][1], ms, share: total === 0 ? 0 : ms / total };
  });
  const longest = [...phases].sort((a, b) => b.ms - a.ms)[0];
  const share = Math.round((longest?.share ?? 0) * 100);
  return {
    incident: viewSample(sample),
    phases: lengths ? phases : [],
    suggestions:
      longest && share >= 50
        ? [
            `${headPhaseWords[longest.phase][0]} took ${lasting(longest.ms)} of ${lasting(total)} (${share} %): ask first what would have shortened it.`,
          ]
        : [],
  };
}
