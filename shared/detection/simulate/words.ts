import { severityText } from '../../incidents/index.ts';
import type { Difference, Listed } from './difference.ts';
import type { Gap } from './gaps.ts';

/** What is said beside a difference. */
interface Beside {
  /** What was not played, in sentences. */
  readonly lacking: readonly string[];
  /** What policies are called, by id. */
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** What alerts lack of what the draft groups by. */
  readonly gaps: readonly Gap[];
  /** What differs in incidents of both, in sentences. */
  readonly changed: readonly string[];
}

/** A difference in sentences, what matters most first; before all what of that which was asked for was not played. */
export function inWords(
  found: Omit<Difference, 'words'>,
  { lacking, names = new Map(), gaps, changed }: Beside,
): readonly string[] {
  const { signals, alerts, active, draft } = found;
  const heard = `${count(signals, 'signal')} of ${count(alerts, 'alert')}`;
  const same = [...differing(found, names), ...changed];
  const [now, then] = [active.incidents, draft.incidents];
  const none = lacking.length === 0 ? 'Nothing would be different.' : 'Of these, nothing would be different.';
  return [
    ...lacking,
    `${heard} would make ${count(then, 'incident')}; the rules in force make ${now}.`,
    ...(same.length === 0 ? [none] : same),
    ...gaps.slice(0, SHOWN).map(gapWords),
  ];
}

function* differing(found: Omit<Difference, 'words'>, names: ReadonlyMap<string, string>): Generator<string> {
  const { missed, caught, unplaced, placed, unpaged, newlyPaged, onlyActive, onlyDraft, severity } = found;
  const [missedFirst] = missed.examples;
  if (missedFirst)
    yield `${count(missed.total, 'firing')} ${belong(missed)} to an incident that pages somebody now, and would page nobody: '${missedFirst.title}'${others(missed)} (${missedFirst.why}).`;
  const [first] = unplaced.examples;
  if (first)
    yield `${count(unplaced.total, 'alert')} would be in no incident, and ${is(unplaced)} in one now: '${first.title}'${others(unplaced)} (${first.why}).`;
  const [caughtFirst] = caught.examples;
  if (caughtFirst)
    yield `${count(caught.total, 'firing')} for which nobody is paged now would belong to an incident that pages somebody: '${caughtFirst.title}'${others(caught)}.`;
  const [placedFirst] = placed.examples;
  if (placedFirst)
    yield `${count(placed.total, 'alert')} would be in an incident and ${is(placed)} in none now: '${placedFirst.title}'${others(placed)}.`;
  if (unpaged.total > 0)
    yield `${count(unpaged.total, 'incident')} that ${unpaged.total === 1 ? 'pages' : 'page'} somebody now would page nobody: ${titles(unpaged)}.`;
  if (newlyPaged.total > 0)
    yield `${count(newlyPaged.total, 'incident')} would page somebody, and nobody is paged for ${newlyPaged.total === 1 ? 'it' : 'them'} now: ${titles(newlyPaged)}.`;
  yield* pages(found, names);
  yield* regrouped(found);
  if (severity.total > 0) yield severityWords(severity);
  if (onlyActive.total > 0)
    yield `${count(onlyActive.total, 'incident')} of now would not open: ${titles(onlyActive)}.`;
  if (onlyDraft.total > 0)
    yield `${count(onlyDraft.total, 'incident')} would open that ${onlyDraft.total === 1 ? 'does' : 'do'} not now: ${titles(onlyDraft)}.`;
}

function* regrouped({ merged, split }: Omit<Difference, 'words'>): Generator<string> {
  const joined = merged.examples.reduce((sum, { parts }) => sum + parts.total, 0);
  if (merged.total > 0)
    yield `${count(merged.total, 'incident')} would hold what is in ${merged.total <= merged.examples.length ? `${joined} separate incidents` : 'several separate incidents'} now: ${titles(ones(merged))}.`;
  if (split.total > 0)
    yield `${count(split.total, 'incident')} of now would be several instead of one: ${titles(ones(split))}.`;
}

function* pages(
  { active, draft, policies }: Omit<Difference, 'words'>,
  names: ReadonlyMap<string, string>,
): Generator<string> {
  const changed = policies.filter((one) => one.active !== one.draft);
  if (changed.length === 0 && active.pages === draft.pages) return;
  const each = changed.map(
    (one) => `${policyName(one.policy, names)}: ${one.draft} instead of ${one.active}`,
  );
  yield `First pages: ${draft.pages} instead of ${active.pages}${each.length > 0 ? ` (${each.slice(0, MOST_POLICIES).join(', ')}${each.length > MOST_POLICIES ? ', and others' : ''})` : ''}.`;
}

const gapWords = ({ rule, missing, alerts, title, key }: Gap): string =>
  `${count(alerts, 'alert')} ${alerts === 1 ? 'lacks' : 'lack'} ${missing.join(' and ')}, which the grouping of rule '${rule}' asks for, and which is left empty: '${title}'${alerts > 1 ? ` and ${alerts - 1} more` : ''} would be grouped by ${key}.`;

const MOST_POLICIES = 5;

/** How a policy is named; that of none are the administrators. */
export function policyName(
  policy: string | undefined,
  names: ReadonlyMap<string, string> | undefined,
): string {
  if (policy === undefined) return 'the administrators';
  const name = names?.get(policy);
  return name === undefined || name === policy ? policy : `${name} (${policy})`;
}

const ones = ({ total, examples }: Difference['merged']) => ({
  total,
  examples: examples.map(({ one }) => one),
});

const belong = ({ total }: Listed<unknown>): string => (total === 1 ? 'belongs' : 'belong');

const SHOWN = 3;

const titles = ({ total, examples }: Listed<{ readonly title: string }>): string => {
  const shown = examples.slice(0, SHOWN).map(({ title }) => `'${title}'`);
  return shown.join(', ') + (total > shown.length ? ` and ${total - shown.length} more` : '');
};

const severityWords = ({ total, examples }: Difference['severity']): string => {
  const shown = examples
    .slice(0, SHOWN)
    .map(
      ({ active, draft }) =>
        `'${draft.title}' ${severityText(draft.severity)} instead of ${severityText(active.severity)}`,
    );
  const more = total > shown.length ? ` and ${total - shown.length} more` : '';
  return `${count(total, 'incident')} would have another severity: ${shown.join(', ')}${more}.`;
};

const others = ({ total }: Listed<unknown>): string => (total > 1 ? ` and ${total - 1} more` : '');
const is = ({ total }: Listed<unknown>): string => (total === 1 ? 'is' : 'are');
const count = (number: number, of: string): string =>
  `${number.toLocaleString('en')} ${of}${number === 1 ? '' : 's'}`;
