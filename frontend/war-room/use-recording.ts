import { useEffect, useState } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import { type Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

type FactsPage = Answer<(typeof incidentsApi)['list-facts']>;

const PAGE = 200;

/** What of a recording is there: its facts so far, whether that is all, and why it goes no further. */
export interface Recording {
  readonly facts: readonly FactView[];
  readonly isWhole: boolean;
  readonly problem?: Problem;
}

/** The whole log of an incident, page by page; what is there is shown while the rest is on its way. */
export function useRecording(api: Api, incident: IncidentId): Recording {
  const [recording, setRecording] = useState<Recording>({ facts: [], isWhole: false });
  useEffect(() => {
    const stop = new AbortController();
    const load = async () => {
      let facts: readonly FactView[] = [];
      for (let after = 0; ; ) {
        const query = { after, limit: PAGE };
        const { signal } = stop;
        const page = await api.call<FactsPage>(`/api/incidents/${incident}/facts`, { query, signal });
        facts = [...facts, ...page.items];
        const isWhole = page.items.length < PAGE;
        setRecording({ facts, isWhole });
        if (isWhole) return;
        after = page.last;
      }
    };
    setRecording({ facts: [], isWhole: false });
    load().catch((thrown: unknown) => {
      if (!stop.signal.aborted) setRecording((known) => ({ ...known, problem: problemBehind(thrown) }));
    });
    return () => stop.abort();
  }, [api, incident]);
  return recording;
}
