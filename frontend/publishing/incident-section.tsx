import { impactWords, stateWords } from '../status/words.ts';
import { Fold } from '../ui/fold.tsx';
import { IncidentEdit } from './incident-edit.tsx';
import { NewIncident } from './new-incident.tsx';
import { ProposalCard } from './proposal-card.tsx';
import { ToldList } from './told-list.tsx';
import { UpdateForm } from './update-form.tsx';
import { mostUrgentFirst } from './urgency.ts';
import type { PageIncident, Publishing } from './use-status.ts';

export interface IncidentSectionProps extends Publishing {
  readonly now: number;
}

/** What waits to be told, the open incidents of the page, and what is over. */
export function IncidentSection({ now, ...publishing }: IncidentSectionProps) {
  const { incidents, past, proposals } = publishing.status;
  return (
    <>
      {proposals.length > 0 && (
        <section className="stack" aria-labelledby="waiting">
          <h2 id="waiting">Waiting to be published</h2>
          {mostUrgentFirst(proposals).map((one) => (
            <ProposalCard key={one.id} proposal={one} {...publishing} />
          ))}
        </section>
      )}
      <section className="stack" aria-labelledby="told">
        <h2 id="told">Incidents on the page</h2>
        {incidents.length === 0 && <p className="soft">The page tells of no open incident.</p>}
        {incidents.map((incident) => (
          <Card key={incident.id} {...{ incident, now, ...publishing }} />
        ))}
        <NewIncident {...publishing} />
        {past.length > 0 && (
          <Fold title={`Over in the last 15 days (${past.length})`} isCard>
            <div className="stack">
              {past.map((incident) => (
                <Card key={incident.id} {...{ incident, now, ...publishing }} />
              ))}
            </div>
          </Fold>
        )}
      </section>
    </>
  );
}

interface CardProps extends IncidentSectionProps {
  readonly incident: PageIncident;
}

/** One incident of the page: how it stands, what was told of it, and what comes next. */
function Card({ incident, now, ...publishing }: CardProps) {
  const { title, state, impact, internal } = incident;
  return (
    <article className="card" aria-label={title}>
      <div>
        <h3 dir="auto">{title}</h3>
        <p className="soft">
          {stateWords[state]}. {impactWords[impact]}.{internal && ' For members only.'}
        </p>
      </div>
      <ToldList {...{ incident, now, ...publishing }} />
      {state !== 'resolved' && <UpdateForm incident={incident} {...publishing} />}
      <IncidentEdit incident={incident} {...publishing} />
    </article>
  );
}
