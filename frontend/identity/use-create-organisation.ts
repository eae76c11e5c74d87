import { useState } from 'react';
import type { identityApi } from '../../shared/identity/api.ts';
import type { Answer, Body } from '../api/answer.ts';
import { problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';

type Verb = (typeof identityApi)['create-organisation'];

/** Makes an organisation with the person as its first administrator. */
export function useCreateOrganisation(api: Api, onCreated: () => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const create = (name: string) => {
    setBusy(true);
    setProblem(undefined);
    const body: Body<Verb> = { name };
    api
      .call<Answer<Verb>>('/api/organisations', { method: 'POST', body })
      .then(onCreated, (thrown: unknown) => setProblem(problemBehind(thrown).message))
      .finally(() => setBusy(false));
  };
  return { create, busy, problem };
}
