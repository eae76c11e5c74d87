import type { PageIncidentView, StatusView } from '../../shared/status/view.ts';
import { Moment } from './moment.tsx';
import { Prose } from './prose.tsx';
import { dayWords, impactWords, stateWords, statusWords } from './words.ts';

interface Props {
  readonly incidents: StatusView['incidents'];
  readonly components: StatusView['components'];
  readonly isPublic: boolean;
}

/** What is going on: the unresolved incidents with all that was told of them. */
export function OpenIncidents({ incidents, ...rest }: Props) {
  if (incidents.length === 0) return null;
  return (
    <section aria-labelledby="open">
      <h2 id="open">Incidents</h2>
      {incidents.map((one) => (
        <Incident key={one.id} incident={one} {...rest} />
      ))}
    </section>
  );
}

/** What is over, by the day on which it began. */
export function PastIncidents({ incidents, ...rest }: Props) {
  const days = [...Map.groupBy(incidents, ({ createdAt }) => createdAt.slice(0, 10))];
  return (
    <section aria-labelledby="past">
      <h2 id="past">Past incidents</h2>
      {days.length === 0 && <p className="soft">None in the last 15 days.</p>}
      {days.map(([day, own]) => (
        <section key={day} aria-label={dayWords(day)}>
          <h3>
            <time dateTime={day}>{dayWords(day)}</time>
          </h3>
          {own.map((one) => (
            <Incident key={one.id} incident={one} {...rest} />
          ))}
        </section>
      ))}
    </section>
  );
}

interface One extends Omit<Props, 'incidents'> {
  readonly incident: PageIncidentView;
}

function Incident({ incident, components, isPublic }: One) {
  const { id, title, impact, affected, internal, updates } = incident;
  const nameOf = (component: string) => components.find(({ id }) => id === component)?.name;
  const named = affected.flatMap(({ component, status }) => {
    const name = nameOf(component);
    return name === undefined ? [] : [{ component, name, status }];
  });
  return (
    <article id={id} className={`incident ${impact}`}>
      <div className="row">
        <h4 dir="auto">{title}</h4>
        {!isPublic && internal && <span className="tag">Internal</span>}
        <span className="soft">{impactWords[impact]}</span>
      </div>
      {named.length > 0 && (
        <p className="soft" dir="auto">
          {named.map(({ name, status }) => `${name}: ${statusWords[status]}`).join(', ')}
        </p>
      )}
      <ol>
        {updates.map((one) => (
          <Update key={one.id} update={one} />
        ))}
      </ol>
    </article>
  );
}

function Update({ update }: { readonly update: PageIncidentView['updates'][number] }) {
  const { state, text, at, correctedAt, withdrawnAt } = update;
  if (withdrawnAt !== undefined)
    return (
      <li>
        <p className="soft">
          {stateWords[state]} <Moment at={at} /> (withdrawn)
        </p>
      </li>
    );
  return (
    <li>
      <p>
        <b>{stateWords[state]}</b> <Moment at={at} />
        {correctedAt !== undefined && <span className="soft"> (corrected)</span>}
      </p>
      <Prose text={text} />
    </li>
  );
}
