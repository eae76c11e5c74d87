import { median } from 'simple-statistics';
import { type Severity, severities } from '../alerts/index.ts';
import { lasting } from '../kernel/index.ts';
import { type HeadPhase, headPhases, headPhaseWords, phaseLengths } from './phases.ts';
import type { Sample } from './sample.ts';
import { isAt, isOnly, type Selection, type Times } from './selection.ts';
import { countStandings } from './targets.ts';
import type { Zone } from './zone.ts';

/** What could be done better, the numbers that say so, and the incidents that they come from. */
export interface Suggestion {
  readonly kind: 'phase' | 'target' | 'unanswered';
  readonly phase?: HeadPhase;
  readonly text: string;
  /** How many incidents stand behind it. */
  readonly n: number;
  /** What of the scope these are. */
  readonly of: Partial<Selection>;
}

/** Nothing is suggested from fewer incidents. */
export const ENOUGH_TO_SUGGEST = 10;
const MOST = 6;

/** Some of the incidents, in words. */
interface Slice {
  readonly of: Partial<Selection>;
  readonly words: string;
  readonly samples: readonly Sample[];
}

const timesWords: Readonly<Partial<Record<Times, string>>> = {
  weekend: ' at weekends',
  'working-hours': ' in working hours',
  'off-hours': ' outside working hours',
};

/** What stands out of the incidents of a window, what cost most first. */
export function suggestionsOf(samples: readonly Sample[], zone: Zone): readonly Suggestion[] {
  const slices = slicesOf(samples, zone);
  const whole = slices[0];
  if (!whole) return [];
  const all = sharesOf(whole.samples);
  const found = slices.flatMap((slice) => {
    const phase = phaseOf(slice, slice === whole ? undefined : all);
    return phase ? [phase] : [];
  });
  // What is so at some times of the week for all is not told once more for each severity.
  const general = new Set(found.filter(({ suggestion: { of } }) => of.severity === undefined).map(topic));
  const phases = found
    .filter((one) => one.suggestion.of.severity === undefined || !general.has(topic(one)))
    .sort((a, b) => b.cost - a.cost)
    .map(({ suggestion }) => suggestion);
  const bySeverity = slices.filter(({ of }) => of.severity !== undefined && of.times === undefined);
  return [...bySeverity.flatMap(missed), ...phases, ...bySeverity.flatMap(unanswered)].slice(0, MOST);
}

/** All of them, and those of each severity, always and at some times of the week. */
function slicesOf(samples: readonly Sample[], zone: Zone): readonly Slice[] {
  const groups: readonly Pick<Slice, 'of' | 'words' | 'samples'>[] = [
    { of: {}, words: 'all incidents', samples },
    ...severities.map((severity) => ({
      of: { severity },
      words: `${short(severity)} incidents`,
      samples: samples.filter((sample) => sample.severity === severity),
    })),
  ];
  const inTimes = (group: Slice, [times, words]: readonly [Times, string]): Slice => ({
    of: { ...group.of, times },
    words: `${group.words}${words}`,
    samples: group.samples.filter(({ openedAt }) => isAt(times, zone.local(openedAt))),
  });
  const entries = Object.entries(timesWords) as [Times, string][];
  return groups.flatMap((group) => [group, ...entries.map((entry) => inTimes(group, entry))]);
}

const short = (severity: Severity): string => severity.slice(0, 2);

interface Shares {
  readonly n: number;
  readonly total: number;
  readonly by: Readonly<Record<HeadPhase, { readonly share: number; readonly median: number }>>;
}

/** How the time of incidents that are over divides into phases. */
function sharesOf(samples: readonly Sample[]): Shares | undefined {
  const lengths = samples.flatMap((sample) => phaseLengths(sample) ?? []);
  const total = lengths.reduce((sum, one) => headPhases.reduce((more, phase) => more + one[phase], sum), 0);
  if (lengths.length < ENOUGH_TO_SUGGEST || total === 0) return undefined;
  const by = headPhases.map((phase) => {
    const some = lengths.map((one) => one[phase]);
    const share = some.reduce((sum, ms) => sum + ms, 0) / total;
    return [phase, { share, median: median(some) }] as const;
  });
  return { n: lengths.length, total, by: Object.fromEntries(by) as Shares['by'] };
}

/** Work on the harm itself is most of the time where all goes well: only a large share of another phase is worth a word. */
const LARGE: Readonly<Record<HeadPhase, number>> = {
  detection: 0.3,
  acknowledgement: 0.3,
  mitigation: 0.8,
  resolution: 0.5,
};

const advice: Readonly<Record<HeadPhase, string>> = {
  detection: 'Look at thresholds and at how long alerts wait before they fire.',
  acknowledgement: 'Look at who is on call then, and at the delays of the escalation policy.',
  mitigation: 'Look for what a runbook, a rollback or a second person would shorten.',
  resolution: 'Close incidents when the harm has ended, or say what is still being waited for.',
};

/** The phase that takes more of the time than it should; of a slice only where it takes clearly more than of all. */
function phaseOf({ of, words, samples }: Slice, all: Shares | undefined) {
  const shares = sharesOf(samples);
  if (!shares) return undefined;
  const phase = headPhases
    .filter(
      (one) =>
        shares.by[one].share >= LARGE[one] &&
        shares.by[one].median > 0 &&
        shares.by[one].share >= (all?.by[one].share ?? 0) * 1.25,
    )
    .sort((a, b) => shares.by[b].share - shares.by[a].share)[0];
  if (!phase) return undefined;
  const { share, median: middle } = shares.by[phase];
  const instead = all === undefined ? '' : `, against ${percent(all.by[phase].share)} of all`;
  const text =
    `${headPhaseWords[phase][0]} is ${percent(share)} of the time of ${words} ` +
    `(n = ${shares.n}, median ${lasting(middle)}${instead}). ${advice[phase]}`;
  const suggestion: Suggestion = {
    ...{ kind: 'phase', phase, text, n: shares.n },
    of: { ...of, only: 'phased' },
  };
  return { suggestion, cost: share * shares.total };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const topic = ({ suggestion: { phase, of } }: { readonly suggestion: Suggestion }): string =>
  `${phase} ${of.times ?? 'always'}`;

/** More than a third over their target. */
function missed({ of, words, samples }: Slice): readonly Suggestion[] {
  const found = (['mtta', 'mttr'] as const).map((measure) => {
    const { met, missed: over } = countStandings(samples, measure);
    return { measure, n: met + over, over };
  });
  return found
    .filter(({ n, over }) => n >= ENOUGH_TO_SUGGEST && over / n > 1 / 3)
    .map(({ measure, n, over }) => ({
      kind: 'target' as const,
      text:
        `${over} of ${n} ${words} missed the ${measure.toUpperCase()} target (${percent(over / n)}). ` +
        'Shorten the phase that takes most, or set a target that is meant.',
      n: over,
      of: { ...of, measure, standing: 'missed' as const },
    }));
}

/** More than half were over before anybody acknowledged them. */
function unanswered({ of, words, samples }: Slice): readonly Suggestion[] {
  const alone = samples.filter((sample) => isOnly(sample, 'unanswered')).length;
  const answered = samples.filter(({ open, durations: { mtta, mttd } }) => {
    return !open && mtta.state === 'recorded' && mttd.state !== 'not-applicable';
  });
  const n = alone + answered.length;
  if (n < ENOUGH_TO_SUGGEST || alone / n <= 1 / 2) return [];
  const text =
    `${alone} of ${n} ${words} that alerts opened were over before anybody acknowledged them (${percent(alone / n)}). ` +
    'If they end by themselves, let their rule wait longer or lower their severity.';
  return [{ kind: 'unanswered', text, n: alone, of: { ...of, only: 'unanswered' } }];
}
