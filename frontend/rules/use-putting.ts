import { useEffect, useRef, useState } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import type { Configuration, InForce } from './use-rules.ts';

export type Plan = Answer<(typeof configurationApi)['plan']>;

/** Makes the document that is put in force from the one that is. */
export type Making = (inForce: Configuration) => unknown;

/** A change that was looked at: the document, and what it changes in the version it was compared with. */
interface Planned {
  /** Names what was made. */
  readonly of: string;
  readonly document: unknown;
  readonly plan: Plan;
}

/**
 * Plans a change of the configuration, then puts exactly that in force; refused when somebody else was faster. What is made under
 * another name is planned anew.
 */
export function usePutting(api: Api, of: string, make: Making, onDone: (version: number) => void) {
  const [found, setFound] = useState<Planned>();
  const { busy, problem, run } = useTask();
  const planned = found?.of === of ? found : undefined;
  const plan = () => run(async () => setFound({ of, ...(await plannedOnce(api, make)) }));
  const planning = useRef(plan);
  useEffect(() => {
    planning.current = plan;
  });
  const isMissing = planned === undefined && problem === undefined && !busy;
  useEffect(() => {
    if (isMissing) planning.current();
  }, [isMissing]);
  const put = (reason: string) =>
    run(async () => {
      if (planned === undefined) return;
      const { document: body, plan: seen } = planned;
      const asked = { method: 'PUT', body, query: { reason }, ifVersion: seen.version } as const;
      onDone((await api.call<InForce>('/api/config', asked)).version);
    });
  return { plan: planned?.plan, busy, problem, lookAgain: plan, put };
}

/** A version that comes in force between both questions is asked after once more. */
async function plannedOnce(api: Api, make: Making, isAgain = false): Promise<Omit<Planned, 'of'>> {
  const { version, configuration } = await api.call<InForce>('/api/config');
  const document = make(configuration);
  const plan = await api.call<Plan>('/api/config/plan', { method: 'POST', body: document });
  return plan.version === version || isAgain
    ? { document, plan: { ...plan, version } }
    : plannedOnce(api, make, true);
}
