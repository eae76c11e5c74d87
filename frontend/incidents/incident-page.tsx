import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type IncidentId, may, type Role } from '../../shared/kernel/index.ts';
import type { Api } from '../api/use-api.ts';
import { useNow } from '../time/use-now.ts';
import { Freshness } from '../ui/freshness.tsx';
import { useTitle } from '../ui/use-title.ts';
import { Waiting } from '../ui/waiting.tsx';
import { AlertList } from './alert-list.tsx';
import { FactsLog } from './facts-log.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentHead } from './incident-head.tsx';
import { NoteForm } from './note-form.tsx';
import type { NameOf } from './sentence.ts';
import { useAlerts } from './use-alerts.ts';
import { useChange } from './use-change.ts';
import { useFacts } from './use-facts.ts';
import { useIncident } from './use-incident.ts';
import { useNote } from './use-note.ts';

export interface IncidentPageProps {
  readonly api: Api;
  readonly id: IncidentId;
  readonly role: Role;
  readonly nameOf: NameOf;
}

/** One incident: how it stands, what can be done, and what happened. */
export function IncidentPage({ api, id, role, nameOf }: IncidentPageProps) {
  const incident = useIncident(api, id);
  const facts = useFacts(api, id);
  const alerts = useAlerts(api, id);
  const now = useNow();
  const change = useChange(api, id, facts.value?.at(-1)?.seq, () => {
    for (const { refresh } of [incident, facts, alerts]) refresh();
  });
  const { setText, add, ...note } = useNote(api, id, facts.refresh);
  const { value } = incident;
  const mayWrite = may(role, 'incident.write');
  useTitle(value === undefined ? 'Incident' : `${value.name} ${value.title}`);
  const problem = incident.problem ?? facts.problem ?? alerts.problem;
  return (
    <>
      <Back />
      {value === undefined && problem === undefined && <Waiting what="the incident" />}
      <article className="incident">
        {value === undefined && problem !== undefined && <h1>The incident cannot be shown</h1>}
        {value !== undefined && (
          <>
            <IncidentHead incident={value} now={now} />
            <IncidentActions state={value.state} allowed={mayWrite} change={change} onMove={change.moveTo} />
          </>
        )}
        <Freshness at={incident.at} now={now} problem={problem} />
        {value !== undefined && (
          <>
            <AlertList alerts={alerts.value} total={value.alerts.total} now={now} />
            <Log facts={facts} nameOf={nameOf} now={now}>
              {mayWrite && <NoteForm {...note} onText={setText} onAdd={add} />}
            </Log>
          </>
        )}
      </article>
    </>
  );
}

function Back() {
  return (
    <p className="back">
      <Link to="/incidents">All open incidents</Link>
    </p>
  );
}

interface LogProps {
  readonly facts: Pick<ReturnType<typeof useFacts>, 'value' | 'problem'>;
  readonly nameOf: NameOf;
  readonly now: number;
  readonly children: ReactNode;
}

/** What happened, below the place where more can be written. */
function Log({ facts, nameOf, now, children }: LogProps) {
  return (
    <section aria-labelledby="log">
      <h2 id="log">Log</h2>
      {children}
      {facts.value === undefined ? (
        facts.problem === undefined && <Waiting what="the log" />
      ) : (
        <FactsLog facts={facts.value} nameOf={nameOf} now={now} />
      )}
    </section>
  );
}
