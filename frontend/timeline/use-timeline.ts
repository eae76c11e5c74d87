import { useCallback, useMemo, useState } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { timelineApi } from '../../shared/timeline/api.ts';
import {
  type DrawnTimeline,
  type EventView,
  type TimelineView,
  timelineIn,
} from '../../shared/timeline/view.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useWhole } from '../api/use-whole.ts';

/** How a timeline is asked for as JSON. */
type Page = Exclude<Answer<(typeof timelineApi)['get-timeline']>, string>;

const PAGE = 1_000;

/** The timeline of an incident, as far as it has come; drawn again with every page of events. */
export function useTimeline(api: Api, incident: IncidentId) {
  const [first, setFirst] = useState<TimelineView>();
  const pages = useCallback(
    (signal: AbortSignal) => eventPages(api, incident, signal, setFirst),
    [api, incident],
  );
  const { items, isWhole, problem, again } = useWhole(pages);
  const timeline = useMemo<DrawnTimeline | undefined>(
    () => first && timelineIn(first, items),
    [first, items],
  );
  return { view: first, timeline, isWhole, problem, again };
}

async function* eventPages(
  api: Api,
  incident: IncidentId,
  signal: AbortSignal,
  onFirst: (view: TimelineView) => void,
): AsyncGenerator<readonly EventView[]> {
  for (let cursor: string | undefined; ; ) {
    const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
    const page = await api.call<Page>(`/api/incidents/${incident}/timeline`, { query, signal });
    if (cursor === undefined) onFirst(page);
    yield page.items;
    if (page.next === undefined) return;
    cursor = page.next;
  }
}
