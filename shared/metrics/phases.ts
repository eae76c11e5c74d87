import type { Duration } from '../kernel/index.ts';
import { type PhaseName, phaseWords } from '../timeline/index.ts';
import type { Sample } from './sample.ts';

/** The phases that the head of an incident tells apart; what the timeline calls mobilisation is a part of mitigation here. */
export const headPhases = [
  'detection',
  'acknowledgement',
  'mitigation',
  'resolution',
] as const satisfies readonly PhaseName[];
export type HeadPhase = (typeof headPhases)[number];

/** A phase at the beginning of a sentence, and what it is. */
export const headPhaseWords: Readonly<Record<HeadPhase, readonly [name: string, about: string]>> = {
  detection: ['Detection', phaseWords.detection],
  acknowledgement: ['Acknowledgement', phaseWords.acknowledgement],
  mitigation: ['Mitigation', phaseWords.mitigation],
  resolution: ['Closing after the harm', phaseWords.resolution],
};

const ends = {
  detection: 'detected',
  acknowledgement: 'acknowledged',
  mitigation: 'mitigated',
  resolution: 'resolved',
} as const;

/**
 * How the whole time of an incident that is over divides into phases, which follow each other. A point that was never reached, or
 * before the one that it follows, leaves its time to the next phase. Nothing where the whole is not known.
 */
export function phaseLengths({
  durations,
  points,
}: Sample): Readonly<Record<HeadPhase, Duration>> | undefined {
  if (durations.mttr.state !== 'recorded' || points.impact === undefined || points.detected === undefined)
    return undefined;
  const end = points.resolved ?? points.impact;
  let from = points.impact;
  const lengths = { detection: 0, acknowledgement: 0, mitigation: 0, resolution: 0 };
  for (const phase of headPhases) {
    const at = points[ends[phase]];
    if (at === undefined || at < from) continue;
    const until = Math.min(at, end);
    lengths[phase] = Math.max(0, until - from);
    from = Math.max(from, until);
  }
  return lengths;
}
