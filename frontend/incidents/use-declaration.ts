import { useRef, useState } from 'react';
import type { incidentsApi } from '../../shared/incidents/api.ts';
import type { IncidentView } from '../../shared/incidents/index.ts';
import { type IncidentId, isId } from '../../shared/kernel/index.ts';
import type { Body } from '../api/answer.ts';
import { type Problem, problemBehind } from '../api/problem.ts';
import type { Api } from '../api/use-api.ts';
import { useDraft } from '../ui/use-draft.ts';

type Declaration = Body<(typeof incidentsApi)['create']>;

/** What the form holds; an empty text says nothing. */
export interface DeclarationDraft {
  readonly title: string;
  readonly severity: Declaration['severity'];
  readonly service: string;
  readonly description: string;
  readonly policy: string;
}

const empty: DeclarationDraft = {
  title: '',
  severity: 'P2_HIGH',
  service: '',
  description: '',
  policy: '',
};

/** Declares an incident. What is sent again, because its answer was lost, has the same key and is declared once. */
export function useDeclaration(api: Api, onDeclared: (id: IncidentId) => void) {
  const { draft, change, forget } = useDraft('declaration', empty);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const sent = useRef({ text: '', key: '' });
  const declare = () => {
    const body = bodyOf(draft);
    if (busy || body.title === '') return;
    const text = JSON.stringify(body);
    if (sent.current.text !== text) sent.current = { text, key: crypto.randomUUID() };
    setBusy(true);
    setProblem(undefined);
    const asked = { method: 'POST', body, idempotencyKey: sent.current.key } as const;
    api.call<IncidentView>('/api/incidents', asked).then(
      ({ id }) => {
        forget();
        if (isId('incident', id)) onDeclared(id);
      },
      (thrown: unknown) => {
        setBusy(false);
        setProblem(problemBehind(thrown));
      },
    );
  };
  return { draft, change, declare, busy, problem };
}

function bodyOf({ title, severity, service, description, policy }: DeclarationDraft): Declaration {
  const said = { service: service.trim(), description: description.trim(), policy };
  return {
    title: title.trim(),
    severity,
    ...Object.fromEntries(Object.entries(said).filter(([, text]) => text !== '')),
  };
}
