import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { Answer } from '../api/answer.ts';

export type IncidentsPage = Answer<(typeof incidentsApi)['list']>;

/** The beginning of a list, of as many pages as were asked for. */
export interface Listed extends Pick<IncidentsPage, 'items' | 'total' | 'severities'> {
  /** How many pages were read. */
  readonly pages: number;
  /** Whether there are pages beyond. */
  readonly more: boolean;
}

/** Asks for the page at a cursor, or for the first. */
export type AskPage = (cursor: string | undefined, signal: AbortSignal) => Promise<IncidentsPage>;

/** A list that is read anew from its beginning each time, at first one page of it. */
export function listFrom(ask: AskPage) {
  let wanted = 1;
  return {
    /** From now on one page more; gives how many that are. */
    lengthen: (): number => ++wanted,
    load: async (signal: AbortSignal): Promise<Listed> => {
      const first = await ask(undefined, signal);
      const read = [first];
      let { next } = first;
      while (next !== undefined && read.length < wanted) {
        const page = await ask(next, signal);
        read.push(page);
        next = page.next;
      }
      const { total, severities } = first;
      return { items: onceEach(read), pages: read.length, more: next !== undefined, total, severities };
    },
  };
}

/** What moved on between two questions is on two pages: the later answer is right, the first place stays. */
function onceEach(pages: readonly IncidentsPage[]): IncidentsPage['items'] {
  return [...new Map(pages.flatMap(({ items }) => items.map((item) => [item.id, item] as const))).values()];
}
