import type { StatusTold } from '../incidents/index.ts';
import { cut, type IncidentId } from '../kernel/index.ts';
import type { PageFact } from './facts.ts';

/** What the log of an incident tells of it. */
const MOST_TEXT = 500;

/** The incident whose log tells of a fact of a page, and what: of updates that came out or were taken back, and have a source. */
export function toldIncident({
  type,
  data,
  occurredAt,
}: Pick<PageFact, 'type' | 'data' | 'occurredAt'>):
  | { readonly incident: IncidentId; readonly fact: StatusTold }
  | undefined {
  if (type !== 'update.published' && type !== 'update.withdrawn') return undefined;
  const about = data.entries.find((entry) => entry.kind === 'incident')?.is;
  const update = data.entries.find((entry) => entry.kind === 'update')?.is;
  if (!about?.source || !update) return undefined;
  const { title, internal, source } = about;
  const what = type === 'update.published' ? 'published' : 'withdrawn';
  const text = cut(update.text, MOST_TEXT);
  return {
    incident: source.incident,
    fact: { type: 'status.told', occurredAt, data: { what, title, state: update.state, text, internal } },
  };
}
