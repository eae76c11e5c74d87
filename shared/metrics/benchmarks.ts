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
  {
    id: 'dora-2023',
    measure: 'mttr',
    title: 'DORA: failed deployment recovery time, the year before',
    source: 'Accelerate State of DevOps Report 2023, DORA (Google Cloud)',
    link: 'https://dora.dev/research/2023/dora-report/',
    published: '2023-10',
    measures:
      'The same question a year earlier, with other groups of teams. Who repeats its lowest group does not agree on it, so it is left out.',
    differs:
      'Ours is of incidents of every cause, from the first sign of harm until they are over. Groups of two years are not the same teams: a change between them is no trend.',
    bands: [
      { name: 'Elite', atMost: HOUR, words: 'less than one hour' },
      { name: 'High', atMost: DAY, words: 'less than one day' },
      { name: 'Medium', atLeast: DAY, atMost: 7 * DAY, words: 'between one day and one week' },
    ],
  },
  {
    id: 'dora-2021',
    measure: 'mttr',
    title: 'DORA: time to restore service',
    source: 'Accelerate State of DevOps Report 2021, DORA (Google Cloud)',
    link: 'https://cloud.google.com/blog/products/devops-sre/announcing-dora-2021-accelerate-state-of-devops-report',
    published: '2021-09',
    measures:
      'How long it generally takes to restore service after an incident or a defect that impacts users, as people answered in a survey: the last question of this kind that was about incidents of every cause.',
    differs:
      'Ours is measured, and ends when the incident is over, which may be later than when service is restored. Only the first group is given here, since we could support no other.',
    bands: [{ name: 'Elite', atMost: HOUR, words: 'less than one hour, said of 26 % of those asked' }],
  },
];

/** The band that a length falls into; none where the source leaves a gap. */
export function bandOf({ bands }: Benchmark, length: Duration): Band | undefined {
  return bands.find(({ atLeast = 0, atMost }) => length >= atLeast && length < atMost);
}
