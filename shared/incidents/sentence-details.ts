import type { KnownFact } from './known-fact.ts';
import type { NameOf, Sentence } from './sentence.ts';
import { severityWords } from './words.ts';

type DataOf<Type extends KnownFact['type']> = Extract<KnownFact, { type: Type }>['data'];

/** Whom an escalation step paged. */
export function pagedText({ level, targets }: DataOf<'incident.escalated'>, nameOf: NameOf): string {
  const people = [...new Set(targets.map(({ person }) => person))];
  const names = people.map((person) => nameOf(person) ?? person).join(', ');
  if (people.length === 0) return 'Nobody could be paged.';
  return level === 0 ? `Paged as a last resort: ${names}.` : `Paged level ${level}: ${names}.`;
}

/** Why other levels were not paged, when some were passed over. */
export function pagedWhy(paged: DataOf<'incident.escalated'>): Pick<Sentence, 'lines'> {
  const { skipped = [], otherSeverity = [] } = paged;
  const lines = [
    ...(skipped.length > 0 ? [`${passedOver(skipped)}: nobody can be reached there.`] : []),
    ...(otherSeverity.length > 0 ? [`${passedOver(otherSeverity)}: not for this severity.`] : []),
  ];
  return lines.length > 0 ? { lines } : {};
}

const passedOver = (levels: readonly number[]): string =>
  levels.length === 1 ? `Level ${levels[0]} was passed over` : `Levels ${levels.join(', ')} were passed over`;

const verbs = {
  firing: 'fired',
  acknowledged: 'acknowledged at the source',
  resolved: 'cleared',
  lapsed: 'ended by itself',
} as const;

type Entry = DataOf<'alerts.changed'>['entries'][number];

const verbOf = ({ state, lapsed }: Entry): keyof typeof verbs =>
  state === 'resolved' && lapsed ? 'lapsed' : state;

/** What happened to the alerts of one chunk, and why they are here. */
export function alertLines({ entries, why }: DataOf<'alerts.changed'>): Sentence {
  const counts = Object.entries(verbs).flatMap(([state, verb]) => {
    const count = entries.filter((entry) => verbOf(entry) === state).length;
    if (count === 0) return [];
    if (state === 'lapsed' && count > 1) return `${alerts(count)} ended by themselves`;
    return state === 'acknowledged'
      ? `${alerts(count)} ${count === 1 ? 'was' : 'were'} ${verb}`
      : `${alerts(count)} ${verb}`;
  });
  const told = entries.map(
    (entry) => `${severityWords[entry.severity].short} ${entry.title} (${verbs[verbOf(entry)]})`,
  );
  return { text: `${counts.join(', ')}.`, lines: [...new Set(told), ...(why === '' ? [] : [why])] };
}

const alerts = (count: number): string => (count === 1 ? '1 alert' : `${count} alerts`);
