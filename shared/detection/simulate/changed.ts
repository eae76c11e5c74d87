import { exactly, type Instant, SECOND } from '../../kernel/index.ts';
import type { SimulatedIncident } from './outcome.ts';

/** One incident under both rule sets. */
export interface Pair {
  readonly active: SimulatedIncident;
  readonly draft: SimulatedIncident;
}

/** What the policy of an incident is called under each rule set. */
export type PolicyNames = Readonly<Record<keyof Pair, (incident: SimulatedIncident) => string>>;

/** What may differ in an incident beside its alerts and how severe it is, in the order in which it is told. */
const aspects: readonly {
  /** After how many incidents. */
  readonly words: string;
  /** What differs, to follow the title; undefined where nothing does. */
  readonly of: (pair: Pair, names: PolicyNames) => string | undefined;
}[] = [
  { words: 'would page first at another time', of: pagedWords },
  { words: 'would end at another time', of: endedWords },
  {
    words: 'would page by another policy',
    of: ({ active, draft }, names) => instead(names.draft(draft), names.active(active)),
  },
  {
    words: 'would escalate otherwise',
    of: ({ active, draft }) => instead(escalates(draft), escalates(active)),
  },
  {
    words: 'would have another urgency',
    of: ({ active, draft }) => instead(draft.urgency ?? 'normal', active.urgency ?? 'normal'),
  },
  {
    words: 'would have another title',
    of: ({ active, draft }) => instead(`'${draft.title}'`, `'${active.title}'`),
  },
  {
    words: 'would be of another service',
    of: ({ active, draft }) => instead(draft.service ?? 'none', active.service ?? 'none'),
  },
  {
    words: 'would have another runbook',
    of: ({ active, draft }) => instead(draft.runbook ?? 'none', active.runbook ?? 'none'),
  },
];

/** What differs in one incident: each aspect in words such as `would end at another time: 25 min sooner`. */
export interface Changed extends Pair {
  readonly how: readonly { readonly words: string; readonly what: string }[];
}

/** The incidents of both of which something differs beside their alerts and their severity. */
export const changedOf = (pairs: readonly Pair[], names: PolicyNames): readonly Changed[] =>
  pairs.flatMap((pair) => {
    const how = aspects.flatMap(({ words, of }) => {
      const what = of(pair, names);
      return what === undefined ? [] : [{ words, what }];
    });
    return how.length === 0 ? [] : [{ ...pair, how }];
  });

/** Incidents that are named of each aspect. */
const SHOWN = 3;

/** The same in sentences, one for each aspect. */
export function changedWords(changed: readonly Changed[]): readonly string[] {
  return aspects.flatMap(({ words }) => {
    const some = changed.flatMap(({ active, how }) => {
      const own = how.find((one) => one.words === words);
      return own ? [`'${active.title}' (${own.what})`] : [];
    });
    if (some.length === 0) return [];
    const more = some.length > SHOWN ? ` and ${some.length - SHOWN} more` : '';
    const count = `${some.length.toLocaleString('en')} incident${some.length === 1 ? '' : 's'}`;
    return [`${count} ${words}: ${some.slice(0, SHOWN).join(', ')}${more}.`];
  });
}

const instead = (draft: string, active: string): string | undefined =>
  draft === active ? undefined : `${draft} instead of ${active}`;

/** The first time about which both page, but not at the same time. */
function pagedWords({ active, draft }: Pair): string | undefined {
  const [first] = active.pages.flatMap((at, i) => apart(at, draft.pages[i] ?? at) ?? []);
  return first;
}

function endedWords({ active, draft }: Pair): string | undefined {
  const [before, after] = [active.endedAt, draft.endedAt];
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return 'ends, and is open in the end now';
  return after === undefined ? 'is open in the end, and ends now' : apart(before, after);
}

/** By how much one is after the other; undefined where that is less than a second. */
const apart = (before: Instant, after: Instant): string | undefined =>
  Math.abs(after - before) < SECOND
    ? undefined
    : `${exactly(Math.abs(after - before))} ${after > before ? 'later' : 'sooner'}`;

const escalates = ({ escalateAfter }: SimulatedIncident): string =>
  escalateAfter === undefined ? 'as its policy says' : `after ${exactly(escalateAfter * SECOND)}`;
