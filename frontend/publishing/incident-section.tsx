import { impactWords, stateWords } from '../status/words.ts';
import { Moment } from '../time/moment.tsx';
import { NewIncident } from './new-incident.tsx';
import { UpdateForm } from './update-form.tsx';
import type { PageIncident, Publishing } from './use-status.ts';

export interface IncidentSectionProps extends Publishing {
  readonly now: number;
}

/** The open incidents of the page, what was told of them, and what comes next. */
export function IncidentSection({ now, ...publishing }: IncidentSectionProps) {
  const { incidents } = publishing.status;
  return (
    <section className="stack" aria-labelledby="told">
      <h2 id="told">Incidents on the page</h2>
      {incidents.length === 0 && <p className="soft">The page tells of no open incident.</p>}
      {incidents.map((incident) => (
        <article key={incident.id} className="card" aria-label={incident.title}>
          <h3 dir="auto">{incident.title}</h3>
          <p className="soft">
            {stateWords[incident.state]}. {impactWords[incident.impact]}.
            {incident.internal && ' For members only.'}
          </p>
          <Told incident={incident} now={now} />
          <UpdateForm incident={incident} {...publishing} />
        </article>
      ))}
      <NewIncident {...publishing} />
    </section>
  );
}

function Told({ incident, now }: { readonly incident: PageIncident; readonly now: number }) {
  return (
    <ol className="told">
      {incident.updates.map(({ id, state, text, at, correctedAt }) => (
        <li key={id} dir="auto">
          <b>{stateWords[state]}</b>{' '}
          <span className="soft">
            <Moment at={at} now={now} />
            {correctedAt !== undefined && ' (corrected)'}
          </span>
          <p dir="auto">{text}</p>
        </li>
      ))}
    </ol>
  );
}
