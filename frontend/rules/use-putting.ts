import { useState } from 'react';
import type { configurationApi } from '../../shared/configuration/api.ts';
import type { Answer } from '../api/answer.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import type { Configuration, InForce } from './use-rules.ts';

export type Plan = Answer<(typeof configurationApi)['plan']>;

/** Makes the document that is put in force from the one that is. */
export type Making = (inForce: Configuration) => unknown;

/** A change that was looked at: the document, and what it changes in the version it was compared with. */
export interface Planned {
  readonly document: unknown;
  readonly plan: Plan;
}

/** Plans a change of the configuration, then puts exactly that in force; refused when somebody else was faster. */
export function usePutting(api: Api, make: Making, onDone: (version: number) => void) {
  const [planned, setPlanned] = useState<Planned>();
  const { busy, problem, run } = useTask();
  const plan = () =>
    run(async () => {
      setPlanned(undefined);
      setPlanned(await plannedOnce(api, make));
    });
  const put = (reason: string) =>
    run(async () => {
      if (planned === undefined) return;
      const { document: body, plan: of } = planned;
      const asked = { method: 'PUT', body, query: { reason }, ifVersion: of.version } as const;
      onDone((await api.call<InForce>('/api/config', asked)).version);
    });
  return { planned, busy, problem, plan, put };
}

/** A version that comes in force between both questions is asked after once more. */
async function plannedOnce(api: Api, make: Making, isAgain = false): Promise<Planned> {
  const { version, configuration } = await api.call<InForce>('/api/config');
  const document = make(configuration);
  const plan = await api.call<Plan>('/api/config/plan', { method: 'POST', body: document });
  return plan.version === version || isAgain
    ? { document, plan: { ...plan, version } }
    : plannedOnce(api, make, true);
}
