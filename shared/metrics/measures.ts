import type { PointName } from '../timeline/index.ts';

/** What is measured of an incident, each between two of the points of its timeline. */
export const measureNames = ['mttd', 'mtta', 'mttm', 'mttr'] as const;
export type MeasureName = (typeof measureNames)[number];

/** A measure in words, and the points between which it lies. */
export interface Measure {
  readonly short: string;
  readonly name: string;
  readonly about: string;
  readonly from: PointName;
  readonly to: PointName;
}

/** What each measure means. */
export const measures: Readonly<Record<MeasureName, Measure>> = {
  mttd: {
    short: 'MTTD',
    name: 'Time to detect',
    about: 'from the first sign of harm until the incident was opened',
    from: 'impact',
    to: 'detected',
  },
  mtta: {
    short: 'MTTA',
    name: 'Time to acknowledge',
    about: 'from the opening of the incident until somebody acknowledged it first',
    from: 'detected',
    to: 'acknowledged',
  },
  mttm: {
    short: 'MTTM',
    name: 'Time to mitigate',
    about: 'from the first sign of harm until the harm ended',
    from: 'impact',
    to: 'mitigated',
  },
  mttr: {
    short: 'MTTR',
    name: 'Time to resolve',
    about: 'from the first sign of harm until the incident was over',
    from: 'impact',
    to: 'resolved',
  },
};
