import { useRef, useState } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { FactView } from '../../shared/incidents/index.ts';
import type { IncidentId } from '../../shared/kernel/index.ts';
import type { Body } from '../api/answer.ts';
import { problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

/** Adds notes to an incident. One that is sent again, because its answer was lost, has the same id and is recorded once. */
export function useNote(api: Api, id: IncidentId, onAdded: () => void) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const sent = useRef({ text: '', clientMessageId: '' });
  const add = () => {
    const wanted = text.trim();
    if (busy || wanted === '') return;
    if (sent.current.text !== wanted) sent.current = { text: wanted, clientMessageId: crypto.randomUUID() };
    setBusy(true);
    setProblem(undefined);
    const body: Body<(typeof incidentsApi)['add-note']> = sent.current;
    api
      .call<FactView>(`/api/incidents/${id}/notes`, { method: 'POST', body })
      .then(
        () => {
          sent.current = { text: '', clientMessageId: '' };
          setText('');
          onAdded();
        },
        (thrown: unknown) => setProblem(problemBehind(thrown).message),
      )
      .finally(() => setBusy(false));
  };
  return { text, setText, add, busy, problem };
}
