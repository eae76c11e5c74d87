import { useState } from 'react';
import type { incidentsApi } from '../../../shared/incidents/api.ts';
import type { IncidentView } from '../../../shared/incidents/index.ts';
import type { Answer, Body } from '../../api/answer.ts';
import type { Api } from '../../api/use-api.ts';
import { useTask } from '../../api/use-task.ts';
import type { LinkKind } from './link-words.ts';

type Side = Pick<IncidentView, 'id' | 'name'>;

/** Says which incidents belong together, and what became of that. */
export function useLinks(api: Api, own: Side, onChanged: () => void) {
  const [said, setSaid] = useState('');
  const { busy, problem, run } = useTask();
  const change = (words: string, work: () => Promise<unknown>, onDone?: () => void) => {
    setSaid('');
    run(async () => {
      await work();
      setSaid(words);
      onDone?.();
      onChanged();
    });
  };
  const merge = (gone: Side, keep: Side, reason: string, onDone?: () => void) => {
    const body: Body<(typeof incidentsApi)['merge']> = { incidents: [gone.id], reason };
    const path = `/api/incidents/${keep.id}/merge`;
    change(
      `${gone.name} is merged into ${keep.name}.`,
      () => api.call(path, { method: 'POST', body }),
      onDone,
    );
  };
  const link = (kind: LinkKind, other: Side, reason: string, onDone: () => void) => {
    if (kind === 'merge-other') return merge(other, own, reason, onDone);
    if (kind === 'merge-this') return merge(own, other, reason, onDone);
    const body: Body<(typeof incidentsApi)['relate']> = { incident: other.id, why: reason };
    const path = `/api/incidents/${own.id}/related`;
    change(`${other.name} is related.`, () => api.call(path, { method: 'POST', body }), onDone);
  };
  const unrelate = (other: Side, onDone: () => void) => {
    const path = `/api/incidents/${own.id}/related/${other.id}`;
    change(`${other.name} has nothing to do with it.`, () => api.call(path, { method: 'DELETE' }), onDone);
  };
  return { busy, problem, said, link, unrelate };
}

/** Takes alerts out of an incident; gives the one that they went into. */
export function useSplit(api: Api, id: string, onChanged: () => void) {
  const [made, setMade] = useState<Answer<(typeof incidentsApi)['split']>>();
  const { busy, problem, run } = useTask();
  const split = (body: Body<(typeof incidentsApi)['split']>, onDone: () => void) =>
    run(async () => {
      setMade(await api.call(`/api/incidents/${id}/split`, { method: 'POST', body }));
      onDone();
      onChanged();
    });
  return { busy, problem, made, split };
}
