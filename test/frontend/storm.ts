import type { Answer } from '../../frontend/api/answer.ts';
import { severities } from '../../shared/alerts/index.ts';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import { compareNewest, compareUrgency } from '../../shared/incidents/index.ts';
import { idOf, toText } from '../../shared/kernel/index.ts';
import { open } from './sample.ts';
import type { Answered, Call } from './stub-api.ts';

type Page = Answer<(typeof incidentsApi)['list']>;
export type Shown = Page['items'][number];

const [sample] = open;
const began = Date.now() - 3_600_000;

/** An open incident that nobody answered: the higher its number, the newer. */
export function waiting(number: number, severity: Shown['severity'], title: string): Shown {
  if (sample === undefined) throw new Error('The sample has no incident.');
  const { alerts: _, next: __, service: ___, runbook: ____, ...common } = sample;
  const openedAt = began + number * 1_000;
  const id = idOf('incident', openedAt, `storm ${number}`);
  return {
    ...common,
    id,
    number,
    name: `INC-${number}`,
    title,
    severity,
    openedAt: toText(openedAt),
    step: 0,
  };
}

/** One P1 that came before everything else, and noise after it: `count` in all. */
export const storm = (count: number): Shown[] =>
  Array.from({ length: count }, (_, i) =>
    i === 0 ? waiting(1, 'P1_CRITICAL', 'Payments are down') : waiting(i + 1, 'P4_LOW', `Noise ${i + 1}`),
  );

/** Answers for the list as the API does, with a place in it for a cursor. */
export function listOf(incidents: readonly Shown[], { query }: Call): Answered {
  const compare = query.order === 'urgency' ? compareUrgency : compareNewest;
  const placed = incidents.map((incident) => ({ incident, place: placeOf(incident) }));
  const wanted = placed
    .filter(({ incident }) => query.severity === undefined || incident.severity === query.severity)
    .toSorted((a, b) => compare(a.place, b.place));
  const after =
    query.cursor === undefined ? undefined : (JSON.parse(query.cursor) as ReturnType<typeof placeOf>);
  const rest = wanted.filter(({ place }) => after === undefined || compare(after, place) < 0);
  const shown = rest.slice(0, Number(query.limit));
  const counts = severities.map((one) => [one, incidents.filter(({ severity }) => severity === one).length]);
  const body = {
    items: shown.map(({ incident }) => incident),
    total: wanted.length,
    severities: Object.fromEntries(counts),
    ...(rest.length > shown.length && { next: JSON.stringify(shown.at(-1)?.place) }),
  };
  return { body };
}

const placeOf = ({ id, state, severity, openedAt }: Shown) => ({
  id,
  state,
  severity,
  openedAt: Date.parse(openedAt),
});
