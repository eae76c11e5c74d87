import { HOUR, lasting, MINUTE } from '../../kernel/index.ts';
import type { Hypothesis } from './hypothesis.ts';
import { type CauseSources, distanceTo } from './sources.ts';

/** Incidents of services that this one depends on, which began before it and were not over. */
export function dependencyHypotheses({ timeline, others, dependsOn }: CauseSources): readonly Hypothesis[] {
  const { impact, mitigated } = timeline.points;
  const own = timeline.incident.service;
  if (!impact || own === undefined) return [];
  return others.flatMap((other): readonly Hypothesis[] => {
    const distance = other.service === undefined ? undefined : distanceTo(own, other.service, dependsOn);
    const before = impact.at - other.openedAt;
    const wasOpen = other.resolvedAt === undefined || other.resolvedAt > impact.at;
    if (distance === undefined || distance === 0 || before < 0 || before > HOUR || !wasOpen) return [];
    const ended =
      mitigated && other.resolvedAt !== undefined && Math.abs(mitigated.at - other.resolvedAt) <= 15 * MINUTE;
    const cites = [other.id, impact.fact];
    return [
      {
        ...{
          id: `dependency:${other.id}`,
          kind: 'dependency',
          title: `${other.service}: ${other.title} (${other.name})`,
        },
        score: Math.min(1, (0.65 - before / HOUR / 5) * 0.9 ** (distance - 1) + (ended ? 0.3 : 0)),
        supports: [
          {
            text: `${own} depends on ${other.service}, whose incident began ${lasting(before)} earlier.`,
            cites,
          },
          ...(ended
            ? [{ text: 'Both were over at about the same time.', cites: [other.id, mitigated.fact] }]
            : []),
        ],
        contradicts: [],
        recovered: ended === true,
      },
    ];
  });
}

/** How alike two titles must be, from 0 to 1. */
const ALIKE = 0.5;

/** Earlier incidents of the same service with a title like this one's; what they were due to may be due again. */
export function recurrenceHypotheses({ timeline, past }: CauseSources): readonly Hypothesis[] {
  const { incident, points } = timeline;
  if (!points.detected) return [];
  const { fact } = points.detected;
  return past
    .map((other) => ({ other, alike: likeness(incident.title, other.title) }))
    .filter(({ alike }) => alike >= ALIKE)
    .slice(0, 5)
    .map(({ other, alike }): Hypothesis => {
      const { id, name, title, cause } = other;
      return {
        ...{ id: `recurrence:${id}`, kind: 'recurrence', title: cause ?? `The same again as ${name}` },
        score: 0.25 * alike + (cause === undefined ? 0 : 0.15),
        supports: [
          {
            text: `${name}, “${title}”, was alike${cause === undefined ? '' : `; its post-mortem says: ${cause}`}.`,
            cites: [id, fact],
          },
        ],
        contradicts: [],
        recovered: false,
      };
    });
}

const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && !/^\d+$/.test(word)),
  );

/** How many of the words of two texts are in both, from 0 to 1. */
export function likeness(a: string, b: string): number {
  const [one, two] = [wordsIn(a), wordsIn(b)];
  const both = [...one].filter((word) => two.has(word)).length;
  return both === 0 ? 0 : both / (one.size + two.size - both);
}

/** The alert that fired first, where several different ones did: where to look, hardly ever why. */
export function symptomHypotheses({ timeline, facts }: CauseSources): readonly Hypothesis[] {
  const first = new Map<string, { readonly at: number; readonly fact: string }>();
  for (const fact of facts) {
    if (fact.type !== 'alerts.changed') continue;
    for (const { state, title, at } of fact.data.entries) {
      const known = first.get(title);
      if (state === 'firing' && (!known || at < known.at)) first.set(title, { at, fact: fact.id });
    }
  }
  const [earliest, next] = [...first].sort(([, a], [, b]) => a.at - b.at);
  if (!earliest || !next || !timeline.points.impact) return [];
  const [title, { at, fact }] = earliest;
  const ahead = next[1].at - at;
  if (ahead < 1_000) return [];
  return [
    {
      ...{ id: `symptom:${fact}`, kind: 'symptom', title: `It began with “${title}”` },
      score: Math.min(0.3, 0.15 + ahead / HOUR),
      supports: [
        {
          text: `“${title}” fired ${lasting(ahead)} before “${next[0]}”.`,
          cites: [...new Set([fact, next[1].fact])],
        },
      ],
      contradicts: [],
      recovered: false,
    },
  ];
}
