import type { Change } from '../alerts/index.ts';
import { type LoggedFact, type NameOf, sentenceOf, viewFact } from '../incidents/index.ts';
import { compareEvents, type Lane, type TimelineEvent } from './event.ts';
import type { PageOutcome, TimelineSources } from './sources.ts';

/** All that happened, in order. Of what was said in the room only what was pinned, and what says that something was decided. */
export function eventsOf({ facts, changes, pages, nameOf }: TimelineSources): readonly TimelineEvent[] {
  const pinned = pinnedIn(facts);
  return [
    ...facts.flatMap((fact) => ofFact(fact, pinned, nameOf) ?? []),
    ...changes.map(ofChange),
    ...pages.map((page) => ofPage(page, nameOf)),
  ].sort(compareEvents);
}

/** The numbers of what is pinned at the end. */
function pinnedIn(facts: readonly LoggedFact[]): ReadonlySet<number> {
  const pinned = new Set<number>();
  for (const { type, data } of facts) {
    if (type === 'room.pinned') pinned.add(data.seq);
    if (type === 'room.unpinned') pinned.delete(data.seq);
  }
  return pinned;
}

/** What is talk, or who came and went: it fills a room, not a timeline. */
const passing = new Set(['room.joined', 'room.left', 'room.pinned', 'room.unpinned', 'void']);

/** What somebody who reads a few lines should read, beside what is pinned and decided. */
const important = new Set([
  'incident.opened',
  'incident.acknowledged',
  'incident.severity-changed',
  'incident.mitigated',
  'incident.resolved',
  'incident.reopened',
  'incident.merged',
  'status.told',
]);

function ofFact(fact: LoggedFact, pinned: ReadonlySet<number>, nameOf: NameOf): TimelineEvent | undefined {
  const { type, id, seq, occurredAt: at, recordedAt: learnedAt, actor } = fact;
  if (passing.has(type)) return undefined;
  const matters = pinned.has(seq) || isDecision(fact);
  if (type === 'room.said' && !matters) return undefined;
  const sentence = sentenceOf(viewFact(fact), nameOf);
  if (sentence === undefined) return undefined;
  const { text, quote, lines, link } = sentence;
  return {
    ...{ id, seq, at, learnedAt, lane: laneOf(type), kind: type, text, actor },
    ...(quote !== undefined && { quote }),
    ...(lines && lines.length > 0 && { lines }),
    ...(link !== undefined && { link }),
    key: matters || important.has(type),
  };
}

/** Whether somebody wrote down a decision: a message or note that begins with `Decision:` or `Decided:`. */
export function isDecision({ type, data }: LoggedFact): boolean {
  return (type === 'room.said' || type === 'incident.noted') && /^\s*deci(sion|ded)\s*:/i.test(data.text);
}

const ofPages = new Set(['incident.escalated', 'incident.brought-forward', 'incident.put-off']);

function laneOf(type: string): Lane {
  if (type.startsWith('alerts.') || type === 'incident.opened') return 'alerts';
  if (type.startsWith('page.') || ofPages.has(type)) return 'pages';
  if (type.startsWith('runbook.')) return 'runbooks';
  if (type.startsWith('status.')) return 'status';
  return type.startsWith('room.') || type === 'incident.noted' ? 'people' : 'response';
}

const kindWords: Readonly<Record<Change['kind'], string>> = {
  deployment: 'Deployed',
  configuration: 'Configuration changed',
  'feature-flag': 'Feature flag changed',
  infrastructure: 'Infrastructure changed',
  other: 'Changed',
};

function ofChange(change: Change): TimelineEvent {
  const { id, kind, title, at, recordedAt, service, version, by, link } = change;
  const of = [service, version].filter((part) => part !== undefined).join(' ');
  const said = `${kindWords[kind] ?? 'Changed'}${of === '' ? '' : ` (${of})`}: ${title}`;
  return {
    ...{ id, at, learnedAt: recordedAt, lane: 'changes', kind: `change.${kind}`, actor: change.recordedBy },
    text: by === undefined ? said : `${said}, by ${by}`,
    ...(link !== undefined && { link }),
    ...(service !== undefined && { service }),
    key: true,
  };
}

const outcomeWords: Readonly<Record<PageOutcome['state'], string>> = {
  sent: 'was told',
  failed: 'could not be told yet',
  refused: 'could not be told',
  dropped: 'was not told any more',
};

function ofPage({ id, person, channel, state, at, reason }: PageOutcome, nameOf: NameOf): TimelineEvent {
  const text = `${nameOf(person) ?? person} ${outcomeWords[state]} by ${channel}.`;
  return {
    ...{ id: `page:${id}`, at, learnedAt: at, lane: 'pages', kind: `page.${state}`, text },
    ...(reason !== undefined && { lines: [reason] }),
    key: false,
  };
}
