import type { ComponentView, StatusView } from '../../shared/status/view.ts';
import { Bars, troubleWords } from './bars.tsx';
import { dayWords, statusWords } from './words.ts';

interface Props {
  readonly components: StatusView['components'];
  readonly groups: StatusView['groups'];
  readonly isPublic: boolean;
}

/** The components in their groups, those without a group first. */
export function ComponentList({ components, groups, isPublic }: Props) {
  const alone = components.filter(({ group }) => group === undefined);
  const within = (ids: readonly string[]) => components.filter(({ id }) => ids.includes(id));
  return (
    <section aria-labelledby="components">
      <h2 id="components">Components</h2>
      <p className="soft legend">
        {components.length === 0
          ? 'No component is on this page yet.'
          : 'Each bar is a day of the last 90, today at its end.'}
      </p>
      <Rows components={alone} isPublic={isPublic} />
      {groups.map((group) => (
        <section key={group.id} aria-labelledby={group.id}>
          <h3 id={group.id} dir="auto">
            {group.name}
          </h3>
          <Rows components={within(group.components)} isPublic={isPublic} />
        </section>
      ))}
    </section>
  );
}

function Rows({ components, isPublic }: Omit<Props, 'groups'>) {
  if (components.length === 0) return null;
  return (
    <ul className="rows">
      {components.map((one) => (
        <Row key={one.id} component={one} isPublic={isPublic} />
      ))}
    </ul>
  );
}

function Row({ component, isPublic }: { readonly component: ComponentView; readonly isPublic: boolean }) {
  const { name, description, status, uptime, internal, services = [] } = component;
  return (
    <li>
      <div className="row">
        <b dir="auto">{name}</b>
        {!isPublic && internal && <span className="tag">Internal</span>}
        <span className={`state ${status}`}>{statusWords[status]}</span>
      </div>
      {description !== undefined && (
        <p className="soft" dir="auto">
          {description}
        </p>
      )}
      {!isPublic && services.length > 0 && <p className="soft">Services: {services.join(', ')}</p>}
      <Bars uptime={uptime} name={name} />
      <Scale uptime={uptime} />
    </li>
  );
}

/** What the bars say in words, for fingers too: a tooltip needs a mouse. */
function Scale({ uptime: { percent, days, since, from } }: Pick<ComponentView, 'uptime'>) {
  const time = since > from ? `since ${dayWords(since)}` : 'in 90 days';
  const share = percent === undefined ? 'Not known yet' : `${percent} % uptime ${time}`;
  if (days.length === 0) return <p className="scale">{share}</p>;
  return (
    <details className="scale">
      <summary>{share}</summary>
      <ul>
        {days.toReversed().map((one) => (
          <li key={one.day}>{troubleWords(one)}</li>
        ))}
      </ul>
    </details>
  );
}
