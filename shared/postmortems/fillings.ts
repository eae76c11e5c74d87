import { type LoggedFact, severityText } from '../incidents/index.ts';
import { cut, lasting, utcText } from '../kernel/index.ts';
import { phaseWords, type TimelineEvent } from '../timeline/index.ts';
import type { Analysis, CauseSources } from './causes/index.ts';
import type { Filling } from './postmortem.ts';
import type { Sentence } from './sentences.ts';

/** What sentences are made of. */
export interface Told extends CauseSources {
  readonly analysis: Analysis;
  /** Events of the timeline at most: a document is for reading, and what comes after is in the timeline itself. */
  readonly mostEvents: number;
}

/** Of each kind of contributing factor. */
const MOST_FACTORS = 20;

/** The sentences of every filling but the action items, which are read as they stand when somebody looks. */
export const fillers: Readonly<Record<Filling, (told: Told) => readonly Sentence[]>> = {
  summary,
  impact,
  timeline: (told) =>
    atMost(
      told.mostEvents,
      told.timeline.events.filter((event) => matters(event, told)).map(eventSentence),
      'events are in the timeline',
    ),
  response,
  'root-cause': ({ analysis }) => rootCause(analysis),
  'contributing-factors': contributing,
  'action-items': () => [],
};

/** `2026-11-28 10:05:12 UTC`. */
const moment = (at: number): string => `${utcText(at)} UTC`;

function summary(told: Told): readonly Sentence[] {
  const { incident, points, name } = told.timeline;
  const { impact, detected, mitigated, resolved } = points;
  if (!impact || !detected) return [];
  const of = incident.service === undefined ? '' : ` in ${incident.service}`;
  const was = `${name}, “${incident.title}”, was ${severityText(incident.severity)}${of}`;
  return [
    { text: `${was} and began at ${moment(impact.at)}.`, cites: [...new Set([detected.fact, impact.fact])] },
    ...answered(told),
    ...(mitigated
      ? [
          {
            text: `The harm ended after ${lasting(mitigated.at - impact.at)}.`,
            cites: [impact.fact, mitigated.fact],
          },
        ]
      : []),
    resolved
      ? { text: `It was over at ${moment(resolved.at)}.`, cites: [resolved.fact] }
      : { text: 'It is not over yet.', cites: [detected.fact] },
    ...causeInShort(told.analysis),
  ];
}

function answered({ timeline: { points }, facts }: Told): readonly Sentence[] {
  const { acknowledged, detected, resolved } = points;
  if (!detected) return [];
  if (!acknowledged) {
    const cites = [detected.fact, resolved?.fact ?? detected.fact];
    return resolved ? [{ text: 'Nobody acknowledged it before it was over.', cites }] : [];
  }
  const by = facts.find(({ id }) => id === acknowledged.fact)?.actor;
  const who = by && 'name' in by ? by.name : 'Somebody';
  const after = lasting(acknowledged.at - detected.at);
  return [
    {
      text: `${who} acknowledged it ${after} after it was opened.`,
      cites: [detected.fact, acknowledged.fact],
    },
  ];
}

function causeInShort({ verdict, hypotheses: [first] }: Analysis): readonly Sentence[] {
  if (verdict === 'INCONCLUSIVE' || !first) return [];
  const how = verdict === 'CONFIRMED' ? 'confirmed' : 'likely';
  return [{ text: `The cause is ${how}: ${first.title}.`, cites: first.supports[0]?.cites ?? [] }];
}

function impact({ timeline, facts }: Told): readonly Sentence[] {
  const { points, events } = timeline;
  const alerts = facts.filter((fact) => fact.type === 'alerts.changed');
  const distinct = new Set(alerts.flatMap(({ data }) => data.entries.map(({ fingerprint }) => fingerprint)));
  const pages = events.filter(({ kind }) => kind === 'page.sent');
  const told = facts.filter((fact) => fact.type === 'status.told' && !fact.data.internal);
  return [
    ...lasted(points),
    ...(alerts[0]
      ? [
          {
            text: `${count(distinct.size, 'alert')} belonged to it.`,
            cites: alerts.slice(0, 5).map(({ id }) => id),
          },
        ]
      : []),
    ...(pages[0]
      ? [{ text: `${count(pages.length, 'page')} went out.`, cites: pages.slice(0, 5).map(({ id }) => id) }]
      : []),
    ...(told[0]
      ? [
          {
            text: `The public was told first at ${moment(told[0].occurredAt)}, with ${count(told.length, 'update')} in all.`,
            cites: told.slice(0, 5).map(({ id }) => id),
          },
        ]
      : []),
  ];
}

function lasted({ impact: begin, mitigated, resolved }: Told['timeline']['points']): readonly Sentence[] {
  const end = mitigated ?? resolved;
  if (!begin || !end) return [];
  const span = `from ${moment(begin.at)} to ${moment(end.at)}`;
  return [
    {
      text: `The harm lasted ${lasting(end.at - begin.at)}, ${span}.`,
      cites: [...new Set([begin.fact, end.fact])],
    },
  ];
}

const count = (many: number, what: string): string => (many === 1 ? `1 ${what}` : `${many} ${what}s`);

/** What is told of a long quotation. */
const MOST_QUOTED = 240;

/** A sentence with the beginning of what a person wrote. */
export function quoted({
  text,
  quote,
}: {
  readonly text: string;
  readonly quote?: string | undefined;
}): string {
  if (quote === undefined) return text;
  return `${text} “${cut(quote, MOST_QUOTED)}${quote.length > MOST_QUOTED ? '…' : ''}”`;
}

/** What a reader needs: of the changes before the harm only those that may be why. */
function matters({ key, lane, id, at }: TimelineEvent, { timeline, analysis }: Told): boolean {
  const begun = timeline.points.impact?.at ?? timeline.incident.openedAt;
  if (lane !== 'changes' || at >= begun) return key;
  return key && analysis.hypotheses.some((one) => one.id === `change:${id}`);
}

/** An event of the timeline, which shows itself. */
const eventSentence = ({ id, at, text, quote }: TimelineEvent): Sentence => ({
  text: `${moment(at)}: ${quoted({ text, quote })}`,
  cites: [id],
});

function response({ timeline }: Told): readonly Sentence[] {
  return timeline.phases.flatMap((phase): readonly Sentence[] => {
    const cites = [...new Set([phase.begin?.fact, phase.end?.fact].filter((fact) => fact !== undefined))];
    if (phase.state !== 'done' || phase.name === 'impact' || cites.length === 0) return [];
    const name = `${phase.name.charAt(0).toUpperCase()}${phase.name.slice(1)}`;
    return [{ text: `${name}, ${phaseWords[phase.name]}: ${lasting(phase.to - phase.from)}.`, cites }];
  });
}

/** How many causes are told beside the first. */
const OTHERS = 4;

function rootCause({ verdict, hypotheses }: Analysis): readonly Sentence[] {
  const [first, ...others] = hypotheses;
  if (!first) return [];
  const words = {
    CONFIRMED: 'Confirmed',
    LIKELY: 'Likely',
    INCONCLUSIVE: 'Inconclusive; the first of several',
  }[verdict];
  const cites = [...new Set(first.supports.flatMap((one) => one.cites))];
  return [
    { text: `${words}: ${first.title}.`, cites },
    ...first.supports,
    ...first.contradicts.map((one) => ({ ...one, text: `Against it: ${one.text}` })),
    ...others.slice(0, OTHERS).map(({ title, supports }) => ({
      text: `Also possible: ${title}.`,
      cites: [...new Set(supports.flatMap((one) => one.cites))],
    })),
  ];
}

function contributing({ timeline, facts }: Told): readonly Sentence[] {
  const bySeq = new Map(facts.map(({ seq, id }) => [seq, id]));
  const { bottlenecks, gaps, points } = timeline;
  const around = (from: number): readonly string[] => {
    const last = facts.findLast(({ occurredAt, type }) => occurredAt <= from && type !== 'void');
    return [last?.id ?? points.detected?.fact].filter((id) => id !== undefined);
  };
  return [
    ...bottlenecks.map(({ text, suggestion, facts: seqs }) => ({
      text: `${text} ${suggestion}`,
      cites: seqs.flatMap((seq) => bySeq.get(seq) ?? []),
    })),
    ...atMost(
      MOST_FACTORS,
      gaps.map(({ from, question }) => ({ text: question, cites: around(from) })),
      'silences are in the timeline',
    ),
    ...atMost(
      MOST_FACTORS,
      facts
        .filter(isRefusal)
        .map(({ id, data }) => ({ text: `A page could not be sent: ${data.reason}`, cites: [id] })),
      'pages could not be sent',
    ),
  ];
}

/** The first sentences, and how many more there are of what they tell. */
function atMost(most: number, sentences: readonly Sentence[], what: string): readonly Sentence[] {
  const left = sentences.length - most;
  if (left <= 0) return sentences;
  const kept = sentences.slice(0, most);
  return [...kept, { text: `${left} more ${what}.`, cites: sentences[most]?.cites ?? [] }];
}

const isRefusal = (fact: LoggedFact): fact is Extract<LoggedFact, { type: 'page.refused' }> =>
  fact.type === 'page.refused';
