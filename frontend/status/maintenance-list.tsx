import type { StatusView } from '../../shared/status/view.ts';
import { Moment } from './moment.tsx';
import { Prose } from './prose.tsx';

interface Props {
  readonly maintenance: StatusView['maintenance'];
  readonly components: StatusView['components'];
  readonly isPublic: boolean;
}

/** Announced work, that under way first. */
export function MaintenanceList({ maintenance, components, isPublic }: Props) {
  if (maintenance.length === 0) return null;
  const names = (ids: readonly string[]) =>
    components.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return (
    <section aria-labelledby="maintenance">
      <h2 id="maintenance">Maintenance</h2>
      {maintenance.map((one) => (
        <article key={one.id} id={one.id} className="incident maintenance">
          <div className="row">
            <h4 dir="auto">{one.title}</h4>
            {!isPublic && one.internal && <span className="tag">Internal</span>}
            <span className="soft">{one.state === 'in_progress' ? 'In progress' : 'Scheduled'}</span>
          </div>
          <p className="soft">
            <Moment at={one.from} /> to <Moment at={one.until} />
          </p>
          {one.components.length > 0 && (
            <p className="soft" dir="auto">
              {names(one.components).join(', ')}
            </p>
          )}
          <Prose text={one.text} />
        </article>
      ))}
    </section>
  );
}
