import type { Difference, Listed } from './difference.ts';

/** A difference in sentences, what matters most first; before all what of that which was asked for was not played. */
export function inWords(
  found: Omit<Difference, 'words'>,
  lacking: readonly string[] = [],
): readonly string[] {
  const { signals, alerts, active, draft } = found;
  const heard = `${count(signals, 'signal')} of ${count(alerts, 'alert')}`;
  const same = [...differing(found)];
  const [now, then] = [active.incidents, draft.incidents];
  const none = lacking.length === 0 ? 'Nothing would be different.' : 'Of these, nothing would be different.';
  return [
    ...lacking,
    `${heard} would make ${count(then, 'incident')}; the rules in force make ${now}.`,
    ...(same.length === 0 ? [none] : same),
  ];
}

function* differing(found: Omit<Difference, 'words'>): Generator<string> {
  const {
    missed,
    caught,
    unplaced,
    placed,
    unpaged,
    newlyPaged,
    merged,
    split,
    onlyActive,
    onlyDraft,
    severity,
  } = found;
  const [missedFirst] = missed.examples;
  if (missedFirst)
    yield `${count(missed.total, 'firing')} of which somebody is told would be told to nobody: '${missedFirst.title}'${others(missed)} (${missedFirst.why}).`;
  const [first] = unplaced.examples;
  if (first)
    yield `${count(unplaced.total, 'alert')} would be in no incident: '${first.title}'${others(unplaced)} (${first.why}).`;
  const [caughtFirst] = caught.examples;
  if (caughtFirst)
    yield `${count(caught.total, 'firing')} of which nobody is told now would be told to somebody: '${caughtFirst.title}'${others(caught)}.`;
  const [placedFirst] = placed.examples;
  if (placedFirst)
    yield `${count(placed.total, 'alert')} would be in an incident and ${is(placed)} in none now: '${placedFirst.title}'${others(placed)}.`;
  if (unpaged.total > 0)
    yield `${count(unpaged.total, 'incident')} that paged somebody would page nobody: ${titles(unpaged)}.`;
  if (newlyPaged.total > 0)
    yield `${count(newlyPaged.total, 'incident')} would page somebody, of which nobody is told now: ${titles(newlyPaged)}.`;
  yield* pages(found);
  const joined = merged.examples.reduce((sum, { parts }) => sum + parts.total, 0);
  if (merged.total > 0)
    yield `${count(merged.total, 'incident')} would take together what are several now${merged.total <= merged.examples.length ? `, ${joined} of them` : ''}.`;
  if (split.total > 0) yield `${count(split.total, 'incident')} would be several.`;
  if (severity.total > 0) yield severityWords(severity);
  if (onlyActive.total > 0)
    yield `${count(onlyActive.total, 'incident')} would not be: ${titles(onlyActive)}.`;
  if (onlyDraft.total > 0) yield `${count(onlyDraft.total, 'incident')} would be new: ${titles(onlyDraft)}.`;
}

function* pages({ active, draft, policies }: Omit<Difference, 'words'>): Generator<string> {
  const changed = policies.filter((one) => one.active !== one.draft);
  if (changed.length === 0 && active.pages === draft.pages) return;
  const each = changed.map(
    (one) => `${one.policy ?? 'the administrators'} ${one.draft} instead of ${one.active}`,
  );
  yield `First pages: ${draft.pages} instead of ${active.pages}${each.length > 0 ? ` (${each.slice(0, 5).join(', ')})` : ''}.`;
}

const SHOWN = 3;

const titles = ({ total, examples }: Listed<{ readonly title: string }>): string => {
  const shown = examples.slice(0, SHOWN).map(({ title }) => `'${title}'`);
  return shown.join(', ') + (total > shown.length ? ` and ${total - shown.length} more` : '');
};

const severityWords = ({ total, examples }: Difference['severity']): string => {
  const shown = examples
    .slice(0, SHOWN)
    .map(({ active, draft }) => `'${draft.title}' ${draft.severity} instead of ${active.severity}`);
  const more = total > shown.length ? ` and ${total - shown.length} more` : '';
  return `${count(total, 'incident')} would have another severity: ${shown.join(', ')}${more}.`;
};

const others = ({ total }: Listed<unknown>): string => (total > 1 ? ` and ${total - 1} more` : '');
const is = ({ total }: Listed<unknown>): string => (total === 1 ? 'is' : 'are');
const count = (number: number, of: string): string =>
  `${number.toLocaleString('en')} ${of}${number === 1 ? '' : 's'}`;
