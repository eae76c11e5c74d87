import { useRef, useState } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Answer } from '../api/answer.ts';
import { problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

type FactsPage = Answer<(typeof incidentsApi)['list-facts']>;

/** How many facts are loaded at once. */
const PAGE = 200;

/** The facts from before those that the room began with, loaded when they are asked for. */
export function useEarlier(api: Api, incident: IncidentId, first: number | undefined) {
  const [facts, setFacts] = useState<readonly FactView[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const asked = useRef(false);
  const begin = facts[0]?.seq ?? first ?? 1;
  const load = () => {
    if (asked.current || begin <= 1) return;
    asked.current = true;
    setBusy(true);
    setProblem(undefined);
    const after = Math.max(0, begin - 1 - PAGE);
    const query = { after, limit: begin - 1 - after };
    api
      .call<FactsPage>(`/api/incidents/${incident}/facts`, { query })
      .then(({ items }) => setFacts((known) => [...items, ...known]))
      .catch((thrown: unknown) => setProblem(problemBehind(thrown).message))
      .finally(() => {
        asked.current = false;
        setBusy(false);
      });
  };
  return { facts, has: begin > 1, busy, problem, load };
}
