import { useCallback, useEffect, useState } from 'react';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { postmortemsApi } from '../../shared/postmortems/api.ts';
import type { Answer, Body } from '../api/answer.ts';
import { type Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';

export type Postmortem = Answer<(typeof postmortemsApi)['get']>;
export type Change = Body<(typeof postmortemsApi)['change']>;

/** The post-mortem of an incident: none yet, as it is, or why it cannot be shown; and what can be done with it. */
export function usePostmortem(api: Api, incident: IncidentId) {
  const path = `/api/incidents/${incident}/postmortem`;
  const [value, setValue] = useState<Postmortem | 'none'>();
  const [problem, setProblem] = useState<Problem>();
  const task = useTask();
  const load = useCallback(
    (signal?: AbortSignal) => {
      setProblem(undefined);
      api.call<Postmortem>(path, signal ? { signal } : {}).then(setValue, (thrown: unknown) => {
        if (signal?.aborted) return;
        const found = problemBehind(thrown);
        if (found.status === 404 && found.message.includes('post-mortem')) setValue('none');
        else setProblem(found);
      });
    },
    [api, path],
  );
  useEffect(() => {
    const stop = new AbortController();
    load(stop.signal);
    return () => stop.abort();
  }, [load]);
  const generate = () =>
    task.run(async () => setValue(await api.call<Postmortem>(path, { method: 'POST', body: {} })));
  const change = ({ id, version }: Postmortem, body: Change, after: () => void = () => undefined) =>
    task.run(async () => {
      setValue(
        await api.call<Postmortem>(`/api/postmortems/${id}`, { method: 'PATCH', body, ifVersion: version }),
      );
      after();
    });
  const draft = ({ id, version }: Postmortem) =>
    task.run(async () =>
      setValue(
        await api.call<Postmortem>(`/api/postmortems/${id}/draft`, { method: 'POST', ifVersion: version }),
      ),
    );
  return { value, problem, again: () => load(), task, generate, draft, change };
}
