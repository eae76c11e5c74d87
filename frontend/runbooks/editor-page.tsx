import { Button, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useTask } from '../api/use-task.ts';
import { runbookAddress } from '../app/addresses.ts';
import { Notice } from '../ui/notice.tsx';
import { Refused } from '../ui/refused.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { checked, exampleText } from './editing.ts';
import { RunbookSummary } from './runbook-summary.tsx';
import { type RunbookDetail, useRunbook } from './use-runbooks.ts';

export interface EditorPageProps {
  readonly api: Api;
  readonly role: Role;
  /** The runbook to change; left out, a new one is written. */
  readonly id?: string;
}

/** Writes a runbook, as JSON, beside what that means. */
export function EditorPage({ api, role, id }: EditorPageProps) {
  useTitle(id === undefined ? 'New runbook' : 'Edit runbook');
  if (!may(role, 'runbook.write'))
    return (
      <>
        <h1>Runbook</h1>
        <Refused role={role} what="write runbooks" least="manager" />
      </>
    );
  return id === undefined ? <Editor api={api} text={exampleText} /> : <Loaded api={api} id={id} />;
}

function Loaded({ api, id }: { readonly api: Api; readonly id: string }) {
  const { value, problem } = useRunbook(api, id);
  const [begun, setBegun] = useState<RunbookDetail>();
  // What others save meanwhile is not put under the hands of who writes; saving refuses then.
  if (begun === undefined && value !== undefined) setBegun(value.runbook);
  if (begun === undefined)
    return problem === undefined ? <Waiting what="the runbook" /> : <Notice>{problem.message}</Notice>;
  const { revision, savedBy: _, measured: __, lastRun: ___, removed: ____, ...runbook } = begun;
  return <Editor api={api} text={JSON.stringify(runbook, undefined, 2)} from={{ id, revision }} />;
}

interface EditorProps {
  readonly api: Api;
  readonly text: string;
  readonly from?: { readonly id: string; readonly revision: number };
}

function Editor({ api, text: first, from }: EditorProps) {
  const [text, setText] = useState(first);
  const task = useTask();
  const [, goTo] = useLocation();
  const { runbook, faults } = checked(text);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (runbook === undefined) return;
    task.run(async () => {
      const asked =
        from === undefined
          ? ({ method: 'POST', body: runbook } as const)
          : ({ method: 'PUT', body: runbook, ifVersion: from.revision } as const);
      const path = from === undefined ? '/api/runbooks' : `/api/runbooks/${encodeURIComponent(from.id)}`;
      goTo(runbookAddress((await api.call<RunbookDetail>(path, asked)).id));
    });
  };
  return (
    <div className="stack">
      <p className="back">
        <Link to={from === undefined ? '/runbooks' : runbookAddress(from.id)}>Back without saving</Link>
      </p>
      <h1>{from === undefined ? 'New runbook' : 'Edit runbook'}</h1>
      <div className="editor">
        <form onSubmit={save}>
          <Textarea
            className="code-field"
            label="The runbook as JSON"
            description="Commands: http:GET|/health, kubectl:kubectl rollout restart deployment/api, wait:5m, approval:Shall we?, lambda:name|{}, ssm:document|{}; none is done by hand."
            rows={28}
            resize="vertical"
            spellCheck={false}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
          <Faults faults={faults} />
          {task.problem !== undefined && <Notice>{task.problem.message} What you wrote is kept.</Notice>}
          <Button type="submit" aria-disabled={task.busy || runbook === undefined}>
            {task.busy ? 'One moment …' : from === undefined ? 'Save' : 'Save as the next version'}
          </Button>
        </form>
        {runbook !== undefined && <RunbookSummary runbook={runbook} />}
      </div>
    </div>
  );
}

function Faults({ faults }: { readonly faults: readonly string[] }) {
  return (
    <div role="status">
      {faults.length > 0 && (
        <>
          <p className="alarm">Cannot be saved yet:</p>
          <ul className="alarm">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
