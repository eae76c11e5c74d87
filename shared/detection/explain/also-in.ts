import type { ExplainedStep } from '../../alerts/index.ts';
import { type Incident, isOpen, nameOf } from '../../incidents/index.ts';
import type { Explained } from '../rules/explain.ts';
import { isOnIn } from '../suppressed.ts';
import { joinedStep } from './joined.ts';
import { pagesOfOther } from './merged-pages.ts';
import { reasonOf } from './reason.ts';
import type { AlertRecord, Joined, Told } from './record.ts';
import type { Standing } from './standing.ts';
import { countOf, ended } from './words.ts';

/** An incident that an alert is in beside the one that its last firing is told of, and how it came there. */
interface Beside {
  readonly joined: Joined;
  readonly incident: Incident;
}

/** The open incidents that an alert is in and holds open, beside the one that its last firing came into; the newest first. */
export function alsoIn(
  { head, joined }: Pick<AlertRecord, 'head' | 'joined'>,
  standing: Pick<Standing, 'joined'>,
): readonly Beside[] {
  if (!head) return [];
  const { into, incident: first } = standing.joined ?? {};
  const told = new Set([(into ?? first)?.id]);
  return joined.flatMap((one) => {
    const incident = one.into ?? one.incident;
    if (!incident || one.deleted || told.has(incident.id)) return [];
    if (!isOpen(incident) || !isOnIn(head, one.membership.incident)) return [];
    told.add(incident.id);
    return [{ joined: one, incident }];
  });
}

/** How it came into each of these, and whom that paged. */
export function alsoInSteps(
  record: AlertRecord,
  told: Told,
  explained: Explained,
  beside: readonly Beside[],
): readonly ExplainedStep[] {
  const ways = beside.map(({ joined, incident }) => {
    const step = joinedStep(record, told, { outcome: 'incident' }, joined, explained);
    return { ...step, text: `${step.text} It is on there still, and keeps ${nameOf(incident)} open.` };
  });
  const pages = (record.pagedBeside ?? []).map((one) =>
    pagesOfOther(one, `Of ${nameOf(one.incident)}, which it keeps open, too:`),
  );
  return [...ways, ...pages];
}

/** Incidents that are told of in a summary. */
const MOST_TOLD = 3;

/** The same in short, after what is said of its last firing. */
export function alsoInWords(
  { pagedBeside = [] }: AlertRecord,
  whole: string,
  beside: readonly Beside[],
): string {
  const told = beside.slice(0, MOST_TOLD).map(({ joined, incident }) => {
    const paged = pagedBeside.find((one) => one.incident.id === incident.id);
    return ` It keeps ${nameOf(incident)} open, too: ${ended(reasonOf(joined, whole))}${paged ? ` ${paged.paging.summary}` : ''}`;
  });
  const more = beside.length - told.length;
  return `${told.join('')}${more > 0 ? ` And ${countOf(more, 'other incident')}.` : ''}`;
}
