import { DAY, type Duration, HOUR } from '../kernel/index.ts';
import type { MeasureName } from './measures.ts';

/** One level of a benchmark: those who take less than `atMost`, and `atLeast` so long where there is a gap below. */
export interface Band {
  readonly name: string;
  readonly atLeast?: Duration;
  readonly atMost: Duration;
  /** As the source says it. */
  readonly words: string;
}

/** Published figures to compare with. Their definitions differ from ours, which `differs` says. */
export interface Benchmark {
  readonly id: string;
  readonly measure: MeasureName;
  readonly title: string;
  readonly source: string;
  readonly link: string;
  /** When it was published: `2024-10`. */
  readonly published: string;
  readonly measures: string;
  readonly differs: string;
  readonly bands: readonly Band[];
}

/** The benchmarks that come with the program: only such whose source says what was asked and of whom. */
export const benchmarks: readonly Benchmark[] = [
  {
    id: 'dora-2024',
    measure: 'mttr',
    title: 'DORA: failed deployment recovery time',
    source: 'Accelerate State of DevOps Report 2024, DORA (Google Cloud)',
    link: 'https://dora.dev/research/2024/dora-report/',
    published: '2024-10',
    measures:
      'How long it usually takes to recover from a deployment that failed and needed intervention at once, as people answered in a survey.',
    differs:
      'Ours is measured from the first sign of harm until an incident is over, for incidents of every cause; a survey gives bands, not medians. Compare the order of magnitude only.',
    bands: [
      { name: 'Elite', atMost: HOUR, words: 'less than one hour' },
      { name: 'High and medium', atMost: DAY, words: 'less than one day' },
      { name: 'Low', atLeast: 7 * DAY, atMost: 31 * DAY, words: 'between one week and one month' },
    ],
  },
];

/** The band that a length falls into; none where the source leaves a gap. */
export function bandOf({ bands }: Benchmark, length: Duration): Band | undefined {
  return bands.find(({ atLeast = 0, atMost }) => length >= atLeast && length < atMost);
}
