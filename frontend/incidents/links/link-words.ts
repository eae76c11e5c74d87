import type { Severity } from '../../../shared/alerts/severity.ts';
import { isWorse } from '../../../shared/alerts/severity.ts';
import type { IncidentView } from '../../../shared/incidents/index.ts';
import { severityText } from '../../../shared/incidents/words.ts';

type Side = Pick<IncidentView, 'name' | 'state' | 'severity' | 'urgency'>;
type Related = NonNullable<IncidentView['related']>[number];

/** What can be said of two incidents by hand. */
export const linkKinds = ['merge-other', 'merge-this', 'relate'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** What can be done with this incident and another one: what is over takes part in no merge. */
export function possibleLinks(own: Side, other: Side): readonly LinkKind[] {
  const isOver = own.state === 'resolved' || other.state === 'resolved';
  return isOver ? ['relate'] : linkKinds;
}

/** What each choice is called. */
export function linkLabel(kind: LinkKind, own: string, other: string): string {
  switch (kind) {
    case 'merge-other':
      return `Merge ${other} into this one (${own})`;
    case 'merge-this':
      return `Merge this one (${own}) into ${other}`;
    default:
      return 'Only say that they have to do with each other';
  }
}

/** What happens when one open incident is merged into another, in sentences. */
export function mergeWords(gone: Side, keep: Side): readonly string[] {
  const isRaised = isWorse(gone.severity, keep.severity) && gone.urgency !== 'low';
  return [
    `${gone.name} is resolved and leads to ${keep.name}.${gone.state === 'triggered' ? ' Its escalation stops.' : ''}`,
    `Alerts of ${gone.name} come into ${keep.name} from now on, those that go on as soon as they are told again.`,
    isRaised
      ? `${keep.name} becomes ${severityText(gone.severity)} and escalates as that.`
      : `${keep.name} stays as it is: ${severityText(keep.severity)}, ${keep.state}.`,
    'A merge is not undone; alerts can be split off again.',
  ];
}

/** What happens when two are related, in sentences. */
export const relateWords = (own: string, other: string): readonly string[] => [
  `${own} and ${other} stay as they are, and each says that the other may have to do with it.`,
];

/** What happens when alerts are split off, in sentences. */
export function splitWords(own: Side, split: readonly Splitting[]): readonly string[] {
  const [first] = split;
  if (first === undefined) return [];
  const severity = split.reduce(
    (worst, one) => (isWorse(one.severity, worst) ? one.severity : worst),
    first.severity,
  );
  const alerts = split.length === 1 ? 'this alert' : `these ${split.length} alerts`;
  return [
    `A new incident, ${severityText(severity)}, takes ${alerts}. ${standing(own, split, severity)}`,
    `When ${split.length === 1 ? 'it fires again, it comes' : 'they fire again, they come'} into the new one while that is open, and for 20 minutes after.`,
    `${own.name} keeps the others; when all of those have cleared, it ends.`,
  ];
}

/** An alert that is to be split off. */
export interface Splitting {
  readonly severity: Severity;
  readonly state: 'firing' | 'acknowledged' | 'resolved';
}

function standing(own: Side, split: readonly Splitting[], severity: Severity): string {
  if (split.every(({ state }) => state === 'resolved')) return 'All has cleared, so it is over at once.';
  if (own.state === 'acknowledged') return 'It counts as acknowledged, as this one does.';
  const isQuiet = own.urgency === 'low' || severity === 'P4_LOW' || severity === 'P5_INFO';
  return isQuiet ? 'It pages nobody.' : 'It is new and pages.';
}

/** Who says that two incidents have to do with each other, and how sure that is. */
export const kindText = ({ score }: Pick<Related, 'score'>): string =>
  score === undefined ? 'Said by somebody' : `Found by correlation, ${Math.round(score * 100)} % sure`;
