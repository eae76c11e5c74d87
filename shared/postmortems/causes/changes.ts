import type { Change } from '../../alerts/index.ts';
import type { LoggedFact } from '../../incidents/index.ts';
import { HOUR, type Instant, lasting, MINUTE } from '../../kernel/index.ts';
import type { Cite, Sentence } from '../sentences.ts';
import type { Hypothesis } from './hypothesis.ts';
import { type CauseSources, distanceTo } from './sources.ts';

/** Each change before the harm, by how near it is in time and among the services, and whether taking it back helped. */
export function changeHypotheses(sources: CauseSources): readonly Hypothesis[] {
  const { impact } = sources.timeline.points;
  if (!impact) return [];
  const again = returned(sources);
  return sources.changes
    .filter(({ at, title }) => at <= impact.at && !takesBack(title))
    .map((change) => hypothesisOf(change, impact, { sources, again }));
}

/** How fast a change loses weight with its distance from the harm. */
const FADING = HOUR;

/** What each part can add to the score. */
const weights = { near: 0.55, label: 0.2, recovery: 0.35 } as const;

function hypothesisOf(
  change: Change,
  impact: { readonly at: Instant; readonly fact: Cite },
  { sources, again }: { readonly sources: CauseSources; readonly again: Sentence | undefined },
): Hypothesis {
  const before = impact.at - change.at;
  const near = Math.exp(-before / FADING);
  const relation = relationOf(change, sources);
  const label = labelOf(change, sources);
  const recovery = recoveryOf(change, sources);
  const cites = [change.id, impact.fact];
  const supports: Sentence[] = [
    { text: `It was done ${lasting(before)} before the harm began.`, cites },
    ...(relation.support === undefined ? [] : [{ text: relation.support, cites: [change.id] }]),
    ...(label === undefined ? [] : [{ text: label, cites: [change.id, impact.fact] }]),
    ...(recovery === undefined ? [] : [recovery]),
  ];
  const contradicts: Sentence[] = [
    ...(relation.contradiction === undefined ? [] : [{ text: relation.contradiction, cites: [change.id] }]),
    ...(again === undefined ? [] : [again]),
    ...(before > 2 * HOUR
      ? [{ text: `It had been in place for ${lasting(before)} without harm.`, cites }]
      : []),
  ];
  const score =
    weights.near * near * relation.weight +
    (label === undefined ? 0 : weights.label) +
    (recovery === undefined ? 0 : weights.recovery * Math.max(relation.weight, 0.3));
  return {
    ...{ id: `change:${change.id}`, kind: 'change', title: titleOf(change) },
    ...{ score: Math.min(1, score), supports, contradicts, recovered: recovery !== undefined },
  };
}

const titleOf = ({ title, service, version }: Change): string => {
  const of = [service, version].filter((part) => part !== undefined).join(' ');
  return of === '' || title.toLowerCase().includes(of.toLowerCase()) ? title : `${title} (${of})`;
};

interface Relation {
  readonly weight: number;
  readonly support?: string;
  readonly contradiction?: string;
}

function relationOf({ service }: Change, { timeline, dependsOn }: CauseSources): Relation {
  const own = timeline.incident.service;
  if (service === undefined || own === undefined) return { weight: 0.5 };
  const distance = distanceTo(own, service, dependsOn);
  if (distance === 0) return { weight: 1, support: `It changed ${service}, the service that failed.` };
  if (distance !== undefined)
    return { weight: 0.9 ** distance, support: `It changed ${service}, which ${own} depends on.` };
  return { weight: 0.15, contradiction: `It changed ${service}, which ${own} is not known to depend on.` };
}

function labelOf({ version }: Change, { labels }: CauseSources): string | undefined {
  if (version === undefined || version.length < 3) return undefined;
  const found = labels.flatMap((one) => Object.entries(one)).find(([, value]) => value === version);
  return found && `An alert names this very version: ${found[0]}=${version}.`;
}

/** Whether words speak of taking something back. */
export const takesBack = (text: string): boolean =>
  /\b(roll(?:ed|ing|s)?[\s-]?back|revert(?:ed|ing|s)?|undo|undid)\b/i.test(text);

/** How soon after it was taken back the harm must have ended. */
const SOON = 30 * MINUTE;

/** That the harm ended soon after somebody took something back, and nothing says that it was another change. */
function recoveryOf(change: Change, sources: CauseSources): Sentence | undefined {
  const { impact, mitigated } = sources.timeline.points;
  if (!impact || !mitigated) return undefined;
  // What was taken back before it was opened again did not end it.
  const since = Math.max(impact.at, reopening(sources)?.occurredAt ?? impact.at);
  const within = (at: Instant) => at > since && at <= mitigated.at && mitigated.at - at <= SOON;
  const undone = sources.changes.find(
    ({ at, title, service }) =>
      within(at) &&
      takesBack(title) &&
      (service === undefined || change.service === undefined || service === change.service),
  );
  const told = sources.facts.find(
    (fact) =>
      within(fact.occurredAt) && takesBack(wordsOf(fact)) && !namesAnother(wordsOf(fact), change, sources),
  );
  const proof = undone ? { id: undone.id, at: undone.at } : told && { id: told.id, at: told.occurredAt };
  return (
    proof && {
      text: `The harm ended ${lasting(mitigated.at - proof.at)} after something was taken back.`,
      cites: [...new Set([proof.id, mitigated.fact])],
    }
  );
}

/** What opened it again last. */
const reopening = ({ facts }: CauseSources): LoggedFact | undefined =>
  facts.findLast(({ type }) => type === 'incident.reopened');

/** That the harm came back although something had been taken back. */
function returned(sources: CauseSources): Sentence | undefined {
  const again = reopening(sources);
  const { impact } = sources.timeline.points;
  if (!again || !impact) return undefined;
  const undone = sources.changes.findLast(
    ({ at, title }) => at > impact.at && at < again.occurredAt && takesBack(title),
  );
  if (!undone) return undefined;
  return {
    text: `The incident was opened again ${lasting(again.occurredAt - undone.at)} after something was taken back.`,
    cites: [undone.id, again.id],
  };
}

/** Words in which a service or version of another change is named, and none of this one. */
function namesAnother(words: string, change: Change, { changes }: CauseSources): boolean {
  const names = (one: Change) => [one.service, one.version].filter((name) => name !== undefined);
  if (names(change).some((name) => words.includes(name))) return false;
  return changes.some((one) => one.id !== change.id && names(one).some((name) => words.includes(name)));
}

/** What people wrote; alerts and other senders prove nothing. */
function wordsOf({ type, data }: LoggedFact): string {
  if (type === 'room.said' || type === 'incident.noted' || type === 'room.action-added') return data.text;
  return type === 'incident.resolved' ? (data.note ?? '') : '';
}
